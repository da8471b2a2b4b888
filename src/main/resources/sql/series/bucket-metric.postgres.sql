-- The numbers of one metric of a device in buckets of equal width; text, true and false are not numbers.
-- :device     device id
-- :metric     name of the metric
-- :from, :to  UTC milliseconds; :to is not included
-- :origin     where bucket 0 begins
-- :bucket_ms  width
-- row: bucket, avg, min, max; a bucket without a number has no row
select v.bucket, avg(v.number) as avg, min(v.number) as min, max(v.number) as max
from (
    select (ms(r.measured_at) - :origin) / :bucket_ms as bucket,
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
group by v.bucket
order by v.bucket
