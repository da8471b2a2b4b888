-- The numbers of one metric of a device in buckets of equal width; text, true and false are not numbers.
-- :device     device id
-- :metric     name of the metric
-- :from, :to  UTC milliseconds; :to is not included
-- :origin     where bucket 0 begins
-- :bucket_ms  width
-- row: bucket, avg, min, max; a bucket without a number has no row
select (r.measured_at - :origin) / :bucket_ms as bucket,
       avg(json_extract(r."values", metric.path)) as avg,
       min(json_extract(r."values", metric.path)) as min,
       max(json_extract(r."values", metric.path)) as max
from source s
cross join source_hour h
cross join minute_in_hour m
cross join reading r
cross join metric
where s.device = :device
  and h.source_id = s.id
  and h.hour between :from / 3600000 and :to / 3600000
  and r.minute = 60 * h.hour + m.n
  and r.source_id = s.id
  and r.measured_at >= :from
  and r.measured_at < :to
  and metric.name = :metric
  and metric.shape_id = r.shape_id
  and json_type(r."values", metric.path) in ('integer', 'real')
group by bucket
order by bucket
