-- The configuration that a device reported last, if it ever did.
-- :device  device id
-- row: said_at, as_of, received_at, flags, document, and source: device, family, site, system, sensor, location, mac
select configuration.said_at, configuration.as_of, configuration.received_at, configuration.flags, configuration.document,
       source.device, source.family, source.site, source.system, source.sensor, source.location, source.mac
from configuration
join source on source.id = configuration.source_id
where configuration.device = :device
order by configuration.as_of desc, configuration.id desc
limit 1
