-- The numbers of one metric of a device in buckets of equal width, out of raw readings, where they are not told by the roll-ups; text,
-- true and false are not numbers.
-- :device     device id
-- :metric     name of the metric
-- :from, :to  UTC milliseconds; :to is not included
-- :origin     where bucket 0 begins
-- :bucket_ms  width
-- :span_ms        what is told by the roll-ups: buckets of this width
-- :first, :last   from this one to that, both included; none if the first is after the last
-- :marks          0 or 1: but not in hours that are marked so in unrolled, or as less
-- row: bucket, count, sum, min, max; a bucket without a number has no row
select (r.measured_at - :origin) / :bucket_ms as bucket,
       count(*) as count,
       sum(json_extract(r."values", metric.path) * 1.0) as sum,
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
