-- Sums up the taken days from their hours.
insert into roll_up_day (series_id, bucket, count, min, max, sum, last, last_at, energy_wh, covered_ms)
select series_id, day, sum(count), min(min), max(max), sum(sum), max(last) filter (where next is null), max(last_at),
       sum(energy_wh), sum(covered_ms)
from (
    select series.id as series_id, rolling.bucket as day, u.count, u.min, u.max, u.sum, u.last, u.last_at, u.energy_wh,
           coalesce(u.covered_ms, case when u.energy_wh is not null then 3600000 end) as covered_ms,
           lead(u.bucket) over (partition by series.id, rolling.bucket order by u.bucket) as next
    from rolling
    cross join series
    cross join roll_up_hour u
    where series.source_id = rolling.source_id
      and u.series_id = series.id
      and u.bucket between 24 * rolling.bucket and 24 * rolling.bucket + 23
) as hours
group by series_id, day
