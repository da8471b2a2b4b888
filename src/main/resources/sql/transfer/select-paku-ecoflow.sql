-- What paku asked a power station, a page in the order of its numbers: every column that has a value is a metric.
-- ? after  the number before the page; from, to  UTC milliseconds, or null for no bound, to is not included; limit  the most rows
-- row: as select-paku-measurements
select id, 'ecoflow-' || device_sn as device, 'ecoflow' as family, '' as site, '' as system, '' as location, '' as mac,
       case when isfinite(ts) then floor(extract(epoch from ts) * 1000)::bigint else 9223372036854775807 end as measured_at, case when isfinite(ts) then floor(extract(epoch from ts) * 1000)::bigint else 0 end as received_at,
       jsonb_strip_nulls(to_jsonb(e) - 'id' - 'device_sn' - 'ts' - 'raw_data')::text as metrics
from ecoflow_measurements e
where id > ? and coalesce(ts >= to_timestamp(?::float8 / 1000), true)
  and coalesce(ts < to_timestamp(?::float8 / 1000), true)
order by id
limit ?
