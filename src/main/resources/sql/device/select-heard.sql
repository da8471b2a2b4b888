-- Whether a device was ever heard: one row then.
-- :device  device id
-- row: family
select family
from device
where id = :device
