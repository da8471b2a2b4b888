-- The voices of a device.
-- :device  device id
-- row: id
select id
from source
where device = :device
