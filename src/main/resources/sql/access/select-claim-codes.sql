-- A page of claim codes, the newest first.
-- :before     made before this time, UTC milliseconds; or then, with
-- :before_id  a smaller id
-- :limit      the most rows
-- row: id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by
select id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by
from claim_code
where made_at < :before or (made_at = :before and id < :before_id)
order by made_at desc, id desc
limit :limit
