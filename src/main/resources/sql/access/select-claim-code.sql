-- The claim code with this hash.
-- :code_hash  SHA-256 in hexadecimal
-- row: id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by
select id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by
from claim_code
where code_hash = :code_hash
