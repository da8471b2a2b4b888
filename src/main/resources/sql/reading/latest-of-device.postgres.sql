-- The newest reading of each voice of a device.
-- :device  device id
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       ms(r.measured_at) as measured_at, ms(r.received_at) as received_at, r.flags, r.metrics::text as metrics
from source s
cross join lateral (
    select * from reading where source_id = s.id order by measured_at desc limit 1
) r
where s.device = :device
order by r.measured_at desc, s.id
