-- Adds late readings to hours whose raw readings were let go. Where there is energy already, it stays: late readings lie between
-- others that nobody knows any more.
-- :gap_ms  readings further apart than that have no energy between them
insert into roll_up_hour (series_id, bucket, count, min, max, sum, last, last_at, energy_wh, covered_ms)
select series_id,
       hour,
       count(*),
       min(value),
       max(value),
       sum(value * 1.0),
       max(value) filter (where measured_after is null or measured_after / 3600000 > hour),
       max(measured_at),
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms then head_wh else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms then tail_wh else 0 end)
           filter (where is_power and ((head_ms > 0 and head_gap_ms <= :gap_ms) or (tail_ms > 0 and tail_gap_ms <= :gap_ms))),
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms then head_ms else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms then tail_ms else 0 end)
           filter (where is_power and ((head_ms > 0 and head_gap_ms <= :gap_ms) or (tail_ms > 0 and tail_gap_ms <= :gap_ms)))
from rolling_number
where gone = 1
group by series_id, hour
on conflict (series_id, bucket) do update set
    count      = roll_up_hour.count + excluded.count,
    min        = case when excluded.min < roll_up_hour.min then excluded.min else roll_up_hour.min end,
    max        = case when excluded.max > roll_up_hour.max then excluded.max else roll_up_hour.max end,
    sum        = roll_up_hour.sum + excluded.sum,
    last       = case when excluded.last_at >= roll_up_hour.last_at then excluded.last else roll_up_hour.last end,
    last_at    = case when excluded.last_at >= roll_up_hour.last_at then excluded.last_at else roll_up_hour.last_at end,
    energy_wh  = coalesce(roll_up_hour.energy_wh, excluded.energy_wh),
    covered_ms = case when roll_up_hour.energy_wh is null then excluded.covered_ms else roll_up_hour.covered_ms end
