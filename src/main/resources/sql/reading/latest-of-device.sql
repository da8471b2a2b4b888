-- The newest reading of each voice of a device.
-- :device  device id
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       r.measured_at, r.received_at, r.flags, r.metrics
from source s
cross join reading r
where s.device = :device
  and r.source_id = s.id
  and r.measured_at = (select max(measured_at) from reading where source_id = s.id)
order by r.measured_at desc, s.id
