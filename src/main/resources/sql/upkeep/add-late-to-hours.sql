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
    count     = roll_up_hour.count + excluded.count,
    min       = case when excluded.min < roll_up_hour.min then excluded.min else roll_up_hour.min end,
    max       = case when excluded.max > roll_up_hour.max then excluded.max else roll_up_hour.max end,
    sum       = roll_up_hour.sum + excluded.sum,
    last      = case when excluded.last_at >= roll_up_hour.last_at then excluded.last else roll_up_hour.last end,
    last_at   = case when excluded.last_at >= roll_up_hour.last_at then excluded.last_at else roll_up_hour.last_at end,
    energy_wh = coalesce(roll_up_hour.energy_wh, excluded.energy_wh)
