-- A page of readings of all devices, newest first.
-- :from, :to UTC milliseconds; :to is not included
-- :place_at, :place_source  the last reading of the page before, or :to and 0
-- :limit     the most rows
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, values, shape_id, names
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       r.measured_at, r.received_at, r.flags, r."values", shape.id as shape_id, shape.names
from reading r
join source s on s.id = r.source_id
join shape on shape.id = r.shape_id
where r.minute >= :from / 60000
  and r.minute <= min(:to, :place_at) / 60000
  and r.measured_at >= :from
  and r.measured_at < min(:to, :place_at + (r.source_id < :place_source))
order by r.minute desc, r.measured_at desc, r.source_id desc
limit :limit
