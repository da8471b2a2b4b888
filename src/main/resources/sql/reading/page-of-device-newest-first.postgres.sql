-- A page of readings of one device, newest first.
-- :device    device id
-- :from, :to UTC milliseconds; :to is not included
-- :place_at, :place_source  the last reading of the page before, or :to and 0
-- :limit     the most rows
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       ms(r.measured_at) as measured_at, ms(r.received_at) as received_at, r.flags, r.metrics::text as metrics
from source s
cross join lateral (
    select *
    from reading
    where source_id = s.id
      and measured_at >= at_ms(:from)
      and measured_at < at_ms(:to)
      and (measured_at, source_id) < (at_ms(:place_at), :place_source)
    order by measured_at desc
    limit :limit
) r
where s.device = :device
order by r.measured_at desc, r.source_id desc
limit :limit
