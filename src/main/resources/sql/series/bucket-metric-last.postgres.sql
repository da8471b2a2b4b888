-- The last number of one metric of a device in each bucket; parameters as in bucket-metric.postgres.sql.
-- row: bucket, last (of the row with the newest measured_at of the bucket)
select distinct on (v.bucket) v.bucket, v.number as last
from (
    select (ms(r.measured_at) - :origin) / :bucket_ms as bucket,
           r.measured_at,
           case jsonb_typeof(r.metrics -> cast(:metric as text))
               when 'number' then (r.metrics -> cast(:metric as text))::numeric
           end as number
    from source s
    join reading r on r.source_id = s.id
    where s.device = :device
      and r.measured_at >= at_ms(:from)
      and r.measured_at < at_ms(:to)
) v
where v.number is not null
order by v.bucket, v.measured_at desc
