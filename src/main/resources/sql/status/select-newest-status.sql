-- How a device is: its newest status, if it ever told one.
-- :device  device id
-- row: state, activity, uptime_s, rssi_dbm, firmware, model, said_at, as_of, received_at, flags, details, and source: device, family, site, system,
--      sensor, location, mac
select status.state, status.activity, status.uptime_s, status.rssi_dbm, status.firmware, status.model, status.said_at,
       status.as_of, status.received_at, status.flags, status.details,
       source.device, source.family, source.site, source.system, source.sensor, source.location, source.mac
from status
join source on source.id = status.source_id
where status.device = :device
order by status.as_of desc, status.id desc
limit 1
