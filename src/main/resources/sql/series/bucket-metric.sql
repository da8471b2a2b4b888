-- The numbers of one metric of a device in buckets of equal width; text, true and false are not numbers.
-- :device     device id
-- :path       JSON path of the metric
-- :from, :to  UTC milliseconds; :to is not included
-- :origin     where bucket 0 begins
-- :bucket_ms  width
-- row: bucket, avg, min, max; a bucket without a number has no row
select (r.measured_at - :origin) / :bucket_ms as bucket,
       avg(json_extract(r.metrics, :path)) as avg,
       min(json_extract(r.metrics, :path)) as min,
       max(json_extract(r.metrics, :path)) as max
from source s
cross join reading r
where s.device = :device
  and r.source_id = s.id
  and r.measured_at >= :from
  and r.measured_at < :to
  and json_type(r.metrics, :path) in ('integer', 'real')
group by bucket
order by bucket
