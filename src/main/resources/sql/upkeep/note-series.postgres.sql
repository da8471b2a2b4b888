-- Gives the metrics of the taken hours their numbers.
insert into series (source_id, metric)
select rolling.source_id, name.metric
from rolling
cross join lateral (
    select distinct jsonb_object_keys(r.metrics) as metric
    from reading r
    where r.source_id = rolling.source_id
      and r.measured_at >= at_ms(3600000 * rolling.bucket)
      and r.measured_at < at_ms(3600000 * rolling.bucket + 3600000)
) as name
where not exists (select 1 from series s where s.source_id = rolling.source_id and s.metric = name.metric)
on conflict do nothing
