-- One device.
-- :device  device id
-- row: id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined
select id, family, ms(first_seen_at) as first_seen_at, ms(last_seen_at) as last_seen_at, received, stored, duplicate, quarantined
from device
where id = :device
