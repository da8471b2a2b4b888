-- The energy of one metric of a device, in W, in buckets of equal width; parameters as in bucket-metric.sql, and:
-- :gap_ms  readings further apart than that have no energy between them; at most an hour
-- row: bucket, sensor, energy_wh, covered_ms. Between two readings it is the mean of both times the time, and belongs to the bucket of the
-- second; but what is on the other side of a full hour (head and tail as in rolling_number) belongs to that of the first.
select bucket, sensor,
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms
                then head_ms * (value + (value_before - value) / (2.0 * head_gap_ms) * head_ms) / 3600000.0 else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms
                  then tail_ms * (value + (value_after - value) / (2.0 * tail_gap_ms) * tail_ms) / 3600000.0 else 0 end) as energy_wh,
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms then head_ms else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms then tail_ms else 0 end) as covered_ms
from (
    select (measured_at - :origin) / :bucket_ms as bucket, sensor, source_id, hour, measured_at, value, value_before, value_after,
           measured_at - measured_before as head_gap_ms,
           least(measured_at - measured_before, measured_at - 3600000 * hour) as head_ms,
           measured_after - measured_at as tail_gap_ms,
           case when measured_after >= 3600000 * hour + 3600000 then 3600000 * hour + 3600000 - measured_at else 0 end as tail_ms
    from (
        select h.hour, s.sensor, s.id as source_id, r.at as measured_at, r.value,
               lag(r.value) over in_order as value_before,
               lag(r.at) over in_order as measured_before,
               lead(r.value) over in_order as value_after,
               lead(r.at) over in_order as measured_after
        from source s
        join source_hour h on h.source_id = s.id
        cross join lateral (
            select at, real_number(found.value) as value
            from (
                select ms(reading.measured_at) as at, reading.metrics -> cast(:metric as text) as value
                from reading
                where reading.source_id = s.id
                  and reading.measured_at >= at_ms(greatest(3600000 * h.hour, :from - :gap_ms))
                  and reading.measured_at < at_ms(least(3600000 * h.hour + 3600000, :to + :gap_ms))
                offset 0
            ) as found
            offset 0
        ) as r
        where s.device = :device
          and h.hour between (:from - :gap_ms) / 3600000 and (:to + :gap_ms) / 3600000
          and (:first > :last
               or (:from < :first * :span_ms and (h.hour - 1) * 3600000 < :first * :span_ms)
               or (:to > (:last + 1) * :span_ms and (h.hour + 2) * 3600000 > (:last + 1) * :span_ms)
               or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = s.id
                          and x.bucket between h.hour - 1 and h.hour + 1))
          and r.value is not null
        window in_order as (partition by s.id order by r.at)
    ) as near
) as numbers
where measured_at >= :from
  and measured_at < :to
  and ((head_ms > 0 and head_gap_ms <= :gap_ms) or (tail_ms > 0 and tail_gap_ms <= :gap_ms))
  and (measured_at / :span_ms not between :first and :last
       or exists (select 1 from unrolled x where x.span <= :marks and x.source_id = numbers.source_id
                  and x.bucket = numbers.hour))
group by bucket, sensor
order by bucket, sensor
