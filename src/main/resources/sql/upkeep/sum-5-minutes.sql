-- Sums up the taken hours in 5 minutes. Late readings of hours whose raw readings were let go are added to what is there.
-- :gap_ms  readings further apart than that have no energy between them
insert into roll_up_5_minutes (bucket, series_id, count, min, max, sum, last, last_at, energy_wh)
select measured_at / 300000,
       series_id,
       count(*),
       min(value),
       max(value),
       sum(value * 1.0),
       max(value) filter (where measured_after is null or measured_after / 300000 > measured_at / 300000),
       max(measured_at),
       sum((value + value_before) / 2.0 * (measured_at - measured_before) / 3600000.0)
           filter (where is_power and measured_at - measured_before <= :gap_ms)
from rolling_number
where measured_at / 3600000 = hour
group by measured_at / 300000, series_id
on conflict (bucket, series_id) do update set
    count     = roll_up_5_minutes.count + excluded.count,
    min       = case when excluded.min < roll_up_5_minutes.min then excluded.min else roll_up_5_minutes.min end,
    max       = case when excluded.max > roll_up_5_minutes.max then excluded.max else roll_up_5_minutes.max end,
    sum       = roll_up_5_minutes.sum + excluded.sum,
    last      = case when excluded.last_at >= roll_up_5_minutes.last_at then excluded.last else roll_up_5_minutes.last end,
    last_at   = case when excluded.last_at >= roll_up_5_minutes.last_at then excluded.last_at else roll_up_5_minutes.last_at end,
    energy_wh = coalesce(roll_up_5_minutes.energy_wh, excluded.energy_wh)
