-- A page of readings of one device, newest first, out of some hours.
-- :device    device id
-- :from_hour, :to_hour  hours since 1970; both included
-- :from, :to UTC milliseconds; :to is not included
-- :place_at, :place_source  the last reading of the page before, or :to and 0
-- :limit     the most rows
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, values, shape_id, names
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       r.measured_at, r.received_at, r.flags, r."values", shape.id as shape_id, shape.names
from source s
cross join source_hour h
cross join minute_in_hour m
cross join reading r
join shape on shape.id = r.shape_id
where s.device = :device
  and h.source_id = s.id
  and h.hour between :from_hour and :to_hour
  and r.minute = 60 * h.hour + m.n
  and r.source_id = s.id
  and r.measured_at >= :from
  and r.measured_at < min(:to, :place_at + (r.source_id < :place_source))
order by r.measured_at desc, r.source_id desc
limit :limit
