-- The addresses that devices are heard from.
-- row: device, mac
select device, mac
from source
where mac <> ''
union
select device, mac
from device_firmware
where mac <> ''
