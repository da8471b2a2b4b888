-- The energy of one metric of a device, in W, in buckets of equal width; parameters as in bucket-metric.sql, and:
-- :gap_ms  readings further apart than that have no energy between them; at most an hour
-- row: bucket, energy_wh; between two readings it is the mean of both times the time, and belongs to the bucket of the second
select bucket, sum((value + value_before) / 2.0 * (measured_at - measured_before) / 3600000.0) as energy_wh
from (
    select (r.at - :origin) / :bucket_ms as bucket, h.hour, s.id as source_id, r.at as measured_at, r.value,
           lag(r.value) over in_order as value_before,
           lag(r.at) over in_order as measured_before
    from source s
    join source_hour h on h.source_id = s.id
    cross join lateral (
        select at, real_number(found.value) as value
        from (
            select ms(reading.measured_at) as at, reading.metrics -> cast(:metric as text) as value
            from reading
            where reading.source_id = s.id
              and reading.measured_at >= at_ms(greatest(3600000 * h.hour, :from - :gap_ms))
              and reading.measured_at < at_ms(least(3600000 * h.hour + 3600000, :to))
            offset 0
        ) as found
        offset 0
    ) as r
    where s.device = :device
      and h.hour between (:from - :gap_ms) / 3600000 and :to / 3600000
      and (:first > :last
           or h.hour * 3600000 < :first * :span_ms
           or (h.hour + 2) * 3600000 > (:last + 1) * :span_ms
           or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = s.id
                      and x.bucket between h.hour and h.hour + 1))
      and r.value is not null
    window in_order as (partition by s.id order by r.at)
) as numbers
where measured_at >= :from
  and measured_at - measured_before <= :gap_ms
  and (measured_at / :span_ms not between :first and :last
       or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = numbers.source_id
                  and x.bucket = numbers.hour))
group by bucket
order by bucket
