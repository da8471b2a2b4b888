-- The last number of one metric of a device in each bucket; parameters as in bucket-metric.sql.
-- row: bucket, last (of the row with the newest measured_at of the bucket)
select (r.measured_at - :origin) / :bucket_ms as bucket,
       json_extract(r.metrics, :path) as last,
       max(r.measured_at) as measured_at
from source s
cross join reading r
where s.device = :device
  and r.source_id = s.id
  and r.measured_at >= :from
  and r.measured_at < :to
  and json_type(r.metrics, :path) in ('integer', 'real')
group by bucket
order by bucket
