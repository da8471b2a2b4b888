-- Deletes the oldest 5 minutes, some at a time; none that hours are still to be made of.
-- :before   hours since 1970
-- :limit    how many 5 minutes at most
delete from roll_up_5_minutes
where bucket < min(
    12 * :before,
    (select min(bucket) from roll_up_5_minutes) + :limit,
    coalesce(12 * (select min(bucket) from unrolled where span = 1), 12 * :before)
)
