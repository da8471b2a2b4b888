-- Adds late readings to hours whose raw readings were let go. Where there is energy already, it stays: late readings lie between
-- others that nobody knows any more.
-- :gap_ms  readings further apart than that have no energy between them
insert into roll_up_hour (series_id, bucket, count, min, max, sum, last, last_at, energy_wh)
select series_id,
       hour,
       count(*),
       min(value),
       max(value),
       sum(value * 1.0),
       max(value) filter (where measured_after is null),
       max(measured_at),
       sum((value + value_before) / 2.0 * (measured_at - measured_before) / 3600000.0)
           filter (where is_power and measured_at - measured_before <= :gap_ms)
from rolling_number
where gone = 1 and measured_at / 3600000 = hour
group by series_id, hour
on conflict (series_id, bucket) do update set
    count     = count + excluded.count,
    min       = min(min, excluded.min),
    max       = max(max, excluded.max),
    sum       = sum + excluded.sum,
    last      = case when excluded.last_at >= last_at then excluded.last else last end,
    last_at   = max(last_at, excluded.last_at),
    energy_wh = coalesce(energy_wh, excluded.energy_wh)
