-- The numbers of one metric of a device in buckets of equal width, out of raw readings, where they are not told by the roll-ups; text,
-- true and false are not numbers. Parameters as in bucket-metric.sql. `offset 0` keeps PostgreSQL going hour by hour along the key.
-- row: bucket, count, sum, min, max; a bucket without a number has no row
select (r.at - :origin) / :bucket_ms as bucket, count(*) as count, sum(r.value) as sum, min(r.value) as min, max(r.value) as max
from source s
join source_hour h on h.source_id = s.id
cross join lateral (
    select at, real_number(found.value) as value
    from (
        select ms(reading.measured_at) as at, reading.metrics -> cast(:metric as text) as value
        from reading
        where reading.source_id = s.id
          and reading.measured_at >= at_ms(greatest(3600000 * h.hour, :from))
          and reading.measured_at < at_ms(least(3600000 * h.hour + 3600000, :to))
        offset 0
    ) as found
    offset 0
) as r
where s.device = :device
  and h.hour between :from / 3600000 and :to / 3600000
  and (:first > :last
       or h.hour * 3600000 < :first * :span_ms
       or (h.hour + 1) * 3600000 > (:last + 1) * :span_ms
       or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = s.id and x.bucket = h.hour))
  and (r.at / :span_ms not between :first and :last
       or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = s.id and x.bucket = h.hour))
  and r.value is not null
group by 1
order by 1
