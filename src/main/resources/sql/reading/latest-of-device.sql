-- The newest reading of each voice of a device.
-- :device  device id
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, values, shape_id, names
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       r.measured_at, r.received_at, r.flags, r."values", shape.id as shape_id, shape.names,
       max(r.measured_at) as newest
from source s
cross join minute_in_hour m
cross join reading r
join shape on shape.id = r.shape_id
where s.device = :device
  and r.minute = 60 * (select max(hour) from source_hour where source_id = s.id) + m.n
  and r.source_id = s.id
group by s.id
order by newest desc, s.id
