-- Gives a sum of five minutes back, unless there is one.
insert or ignore into roll_up_5_minutes (bucket, series_id, count, min, max, sum, last, last_at, energy_wh, covered_ms)
values (:bucket, :series_id, :count, :min, :max, :sum, :last, :last_at, :energy_wh, :covered_ms)
