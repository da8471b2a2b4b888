-- Sums up the taken hours in 5 minutes. Late readings of hours whose raw readings were let go are added to what is there. The energy until a
-- reading is of its 5 minutes, and that from the last reading of an hour until the hour's end of the last one's.
-- :gap_ms  readings further apart than that have no energy between them
insert into roll_up_5_minutes (bucket, series_id, count, min, max, sum, last, last_at, energy_wh, covered_ms)
select measured_at / 300000,
       series_id,
       count(*),
       min(value),
       max(value),
       sum(value * 1.0),
       max(value) filter (where measured_after is null or measured_after / 300000 > measured_at / 300000),
       max(measured_at),
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms then head_wh else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms then tail_wh else 0 end)
           filter (where is_power and ((head_ms > 0 and head_gap_ms <= :gap_ms) or (tail_ms > 0 and tail_gap_ms <= :gap_ms))),
       sum(case when head_ms > 0 and head_gap_ms <= :gap_ms then head_ms else 0 end
           + case when tail_ms > 0 and tail_gap_ms <= :gap_ms then tail_ms else 0 end)
           filter (where is_power and ((head_ms > 0 and head_gap_ms <= :gap_ms) or (tail_ms > 0 and tail_gap_ms <= :gap_ms)))
from rolling_number
group by measured_at / 300000, series_id
on conflict (bucket, series_id) do update set
    count      = roll_up_5_minutes.count + excluded.count,
    min        = case when excluded.min < roll_up_5_minutes.min then excluded.min else roll_up_5_minutes.min end,
    max        = case when excluded.max > roll_up_5_minutes.max then excluded.max else roll_up_5_minutes.max end,
    sum        = roll_up_5_minutes.sum + excluded.sum,
    last       = case when excluded.last_at >= roll_up_5_minutes.last_at then excluded.last else roll_up_5_minutes.last end,
    last_at    = case when excluded.last_at >= roll_up_5_minutes.last_at then excluded.last_at else roll_up_5_minutes.last_at end,
    energy_wh  = coalesce(roll_up_5_minutes.energy_wh, excluded.energy_wh),
    covered_ms = case when roll_up_5_minutes.energy_wh is null then excluded.covered_ms else roll_up_5_minutes.covered_ms end
