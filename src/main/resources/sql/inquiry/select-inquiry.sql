-- What a device told of its firmware when it asked last.
-- :device  device id
-- row: device, model, version, mac, door, first_at, asked_at (UTC milliseconds)
select device, model, version, mac, door, first_at, asked_at
from device_firmware
where device = :device
