-- What the owner knows of a device.
-- :device  device id
-- row: device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled, created_at, changed_at
select device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled, created_at, changed_at
from registration
where device = :device
