-- The last number of one metric of a device in each bucket; parameters as in bucket-metric.sql.
-- row: bucket, last (of the row with the newest measured_at of the bucket), measured_at
select (r.measured_at - :origin) / :bucket_ms as bucket,
       json_extract(r."values", metric.path) as last,
       max(r.measured_at) as measured_at
from source s
cross join source_hour h
cross join minute_in_hour m
cross join reading r
cross join metric
where s.device = :device
  and h.source_id = s.id
  and h.hour between :from / 3600000 and :to / 3600000
  and (:first > :last
       or h.hour * 3600000 < :first * :span_ms
       or (h.hour + 1) * 3600000 > (:last + 1) * :span_ms
       or exists (select 1 from unrolled x where x.span in (0, :marks) and x.source_id = s.id and x.bucket = h.hour))
  and r.minute = 60 * h.hour + m.n
  and r.source_id = s.id
  and r.measured_at >= :from
  and r.measured_at < :to
  and (r.measured_at / :span_ms not between :first and :last
       or exists (select 1 from unrolled x where x.span in (0, :marks) and x.source_id = s.id and x.bucket = h.hour))
  and metric.name = :metric
  and metric.shape_id = r.shape_id
  and json_type(r."values", metric.path) in ('integer', 'real')
group by bucket
order by bucket
