-- How batteries and radios of a device changed, by the first and the last of its hours; of the series that it has, at most 20.
-- :device  device id
-- :from    hours since 1970; the first that counts
-- row: sensor, metric, newest, newest_at, oldest, oldest_at (UTC milliseconds)
select source.sensor, series.metric, n.last as newest, n.last_at as newest_at, o.last as oldest, o.last_at as oldest_at
from source
join series on series.source_id = source.id
join roll_up_hour n on n.series_id = series.id
                   and n.bucket = (select max(bucket) from roll_up_hour where series_id = series.id and bucket >= :from)
join roll_up_hour o on o.series_id = series.id
                   and o.bucket = (select min(bucket) from roll_up_hour where series_id = series.id and bucket >= :from)
where source.device = :device
  and (series.metric like 'battery%' or series.metric like '%rssi_dbm')
order by source.id, series.metric
limit 20
