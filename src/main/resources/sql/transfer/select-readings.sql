-- All readings of an export, as they were written.
-- row: rowid, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select rowid, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
from reading
order by rowid
