-- A page of a device's events, newest first; details longer than 8,192 characters are null, so that a page has a bound.
-- :device     device id
-- :before     as_of of the last event of the page before, or a number larger than all
-- :before_id  its id
-- :limit      the most rows
-- row: id, name, severity, message, said_at, as_of, received_at, flags, details, and source: device, family, site, system, sensor, location, mac
select event.id, event.name, event.severity, event.message, event.said_at, event.as_of, event.received_at, event.flags,
       case when length(event.details) <= 8192 then event.details end as details,
       source.device, source.family, source.site, source.system, source.sensor, source.location, source.mac
from event
join source on source.id = event.source_id
where event.device = :device
  and (event.as_of, event.id) < (:before, :before_id)
order by event.as_of desc, event.id desc
limit :limit
