-- Gives a sum of a hour back, unless there is one.
insert or ignore into roll_up_hour (series_id, bucket, count, min, max, sum, last, last_at, energy_wh, covered_ms)
values (:series_id, :bucket, :count, :min, :max, :sum, :last, :last_at, :energy_wh, :covered_ms)
