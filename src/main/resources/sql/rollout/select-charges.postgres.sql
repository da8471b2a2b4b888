-- How full batteries are, by the newest reading of each voice that told it since an hour.
-- :since  hours since 1970
-- row: device, metric, value, measured_at
select s.device, told.key as metric, told.value::text as value, ms(r.measured_at) as measured_at
from source s
cross join lateral (
    select measured_at, metrics
    from reading
    where source_id = s.id
      and measured_at >= at_ms(3600000 * cast(:since as bigint))
      and jsonb_exists_any(metrics, array['battery_percent', 'soc_percent', 'battery_soc_percent', 'charge_percent', 'battery_level_percent'])
    order by measured_at desc
    limit 1
) r
cross join lateral jsonb_each(r.metrics) told
where told.key in ('battery_percent', 'soc_percent', 'battery_soc_percent', 'charge_percent', 'battery_level_percent') and jsonb_typeof(told.value) = 'number'
order by r.measured_at
