-- A page of devices in order of id.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined
select id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined
from device
where id > :after
order by id
limit :limit
