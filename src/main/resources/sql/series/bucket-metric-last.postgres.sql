-- The last number of one metric of a device in each bucket; parameters as in bucket-metric.sql.
-- row: bucket, last (of the row with the newest measured_at of the bucket), measured_at
select distinct on (bucket) (r.at - :origin) / :bucket_ms as bucket, r.value as last, r.at as measured_at
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
order by bucket, measured_at desc
