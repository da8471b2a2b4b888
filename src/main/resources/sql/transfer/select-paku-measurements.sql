-- Paku's measurements of a span, a page in the order of their numbers.
-- ? after  the number before the page; from, to  UTC milliseconds, or null for no bound, to is not included; limit  the most rows
-- row: id, device, family, site, system, location, mac, measured_at, received_at (UTC milliseconds, finer is cut off), metrics
select id, device_id as device, 'paku' as family, site_id as site, system, coalesce(location, '') as location,
       coalesce(mac, '') as mac, case when isfinite(ts) then floor(extract(epoch from ts) * 1000)::bigint else 9223372036854775807 end as measured_at,
       floor(extract(epoch from created_at) * 1000)::bigint as received_at, metrics::text as metrics
from measurements
where id > ? and coalesce(ts >= to_timestamp(?::float8 / 1000), true)
  and coalesce(ts < to_timestamp(?::float8 / 1000), true)
order by id
limit ?
