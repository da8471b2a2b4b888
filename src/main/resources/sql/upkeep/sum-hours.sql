-- Sums up the taken hours from their 5 minutes.
insert into roll_up_hour (series_id, bucket, count, min, max, sum, last, last_at, energy_wh, covered_ms)
select series_id, hour, sum(count), min(min), max(max), sum(sum), max(last) filter (where next is null), max(last_at),
       sum(energy_wh), sum(covered_ms)
from (
    select series.id as series_id, rolling.bucket as hour, u.count, u.min, u.max, u.sum, u.last, u.last_at, u.energy_wh,
           coalesce(u.covered_ms, case when u.energy_wh is not null then 300000 end) as covered_ms,
           lead(u.bucket) over (partition by series.id, rolling.bucket order by u.bucket) as next
    from rolling
    cross join series
    cross join minute_in_hour five
    cross join roll_up_5_minutes u
    where series.source_id = rolling.source_id
      and five.n < 12
      and u.bucket = 12 * rolling.bucket + five.n
      and u.series_id = series.id
) as five_minutes
group by series_id, hour
