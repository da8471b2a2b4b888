-- A page of readings, newest first, of one device or of all; each voice is read by its key, no further than the page is long.
-- :device    device id, or null for all
-- :from, :to UTC milliseconds; :to is not included
-- :place_at, :place_source  the last reading of the page before, or :to and 0
-- :limit     the most rows
-- row: source_id, device, family, site, system, sensor, location, mac, measured_at, received_at, flags, metrics
select s.id as source_id, s.device, s.family, s.site, s.system, s.sensor, s.location, s.mac,
       r.measured_at, r.received_at, r.flags, r.metrics
from source s
cross join json_each((
    select json_group_array(measured_at)
    from (
        select measured_at
        from reading
        where source_id = s.id
          and measured_at >= :from
          and measured_at < min(:to, :place_at + (s.id < :place_source))
        order by measured_at desc
        limit :limit
    )
)) k
cross join reading r
where (:device is null or s.device = :device)
  and r.source_id = s.id
  and r.measured_at = k.value
order by r.measured_at desc, s.id desc
limit :limit
