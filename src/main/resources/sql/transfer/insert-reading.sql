-- Adds a reading to an export.
-- ? device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
insert into reading (device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
