-- A page of readings of all devices, oldest first.
-- :from, :to UTC milliseconds; :to is not included
-- :place_at, :place_source  the last reading of the page before, or :from and 0
-- :limit     the most rows
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       ms(r.measured_at) as measured_at, ms(r.received_at) as received_at, r.flags, r.metrics::text as metrics
from reading r
join source s on s.id = r.source_id
where r.measured_at >= at_ms(:from)
  and r.measured_at < at_ms(:to)
  and (r.measured_at, r.source_id) > (at_ms(:place_at), :place_source)
order by r.measured_at, r.source_id
limit :limit
