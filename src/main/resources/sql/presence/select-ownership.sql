-- What the owner of one device says that its presence is judged by.
-- :device  device id
-- row: disabled, interval_ms
select disabled, interval_ms
from registration
where device = :device
