-- The addresses that a device is heard from.
-- row: mac
select mac
from source
where device = :device and mac <> ''
union
select mac
from device_firmware
where device = :device and mac <> ''
