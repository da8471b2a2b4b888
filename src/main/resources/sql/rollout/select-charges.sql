-- How full batteries are, by the newest reading of each voice that told it in its last two hours, if these are since an hour.
-- :since  hours since 1970
-- row: device, metric, value, measured_at
select s.device, metric.name as metric, json_extract(r."values", metric.path) as value, max(r.measured_at) as measured_at
from source s
cross join hour_before
cross join minute_in_hour m
cross join reading r
cross join metric
where r.minute = 60 * ((select max(hour) from source_hour where source_id = s.id and hour >= :since) + hour_before.n) + m.n
  and r.source_id = s.id
  and metric.shape_id = r.shape_id
  and metric.name in ('battery_percent', 'soc_percent', 'battery_soc_percent', 'charge_percent', 'battery_level_percent')
group by s.device, metric.name
order by measured_at
