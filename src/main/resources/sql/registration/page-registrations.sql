-- A page of what the owner knows of devices, in order of id.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled, created_at, changed_at
select device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled, created_at, changed_at
from registration
where device > :after
order by device
limit :limit
