-- The energy of one metric of a device, in W, in buckets of equal width; parameters as in bucket-metric.sql, and:
-- :gap_ms  readings further apart than that have no energy between them; at most an hour
-- row: bucket, energy_wh; between two readings it is the mean of both times the time, and belongs to the bucket of the second
select bucket, sum((value + value_before) / 2.0 * (measured_at - measured_before) / 3600000.0) as energy_wh
from (
    select (r.measured_at - :origin) / :bucket_ms as bucket, h.hour, s.id as source_id, r.measured_at,
           json_extract(r."values", metric.path) as value,
           lag(json_extract(r."values", metric.path)) over in_order as value_before,
           lag(r.measured_at) over in_order as measured_before
    from source s
    cross join source_hour h
    cross join minute_in_hour m
    cross join reading r
    cross join metric
    where s.device = :device
      and h.source_id = s.id
      and h.hour between (:from - :gap_ms) / 3600000 and :to / 3600000
      and (:first > :last
           or h.hour * 3600000 < :first * :span_ms
           or (h.hour + 2) * 3600000 > (:last + 1) * :span_ms
           or exists (select 1 from unrolled x where x.span in (0, :marks) and x.source_id = s.id
                      and x.bucket between h.hour and h.hour + 1))
      and r.minute = 60 * h.hour + m.n
      and r.source_id = s.id
      and r.measured_at >= :from - :gap_ms
      and r.measured_at < :to
      and metric.name = :metric
      and metric.shape_id = r.shape_id
      and json_type(r."values", metric.path) in ('integer', 'real')
    window in_order as (partition by s.id order by r.measured_at)
) as numbers
where measured_at >= :from
  and measured_at - measured_before <= :gap_ms
  and (measured_at / :span_ms not between :first and :last
       or exists (select 1 from unrolled x where x.span in (0, :marks) and x.source_id = numbers.source_id
                  and x.bucket = numbers.hour))
group by bucket
order by bucket
