-- Deletes the oldest 5 minutes, some at a time; none that hours are still to be made of.
-- :before   hours since 1970
-- :limit    how many 5 minutes at most
delete from roll_up_5_minutes
where bucket < (
    select min(allowed)
    from (
        select 12 * :before as allowed
        union all
        select min(bucket) + :limit from roll_up_5_minutes
        union all
        select 12 * min(bucket) from unrolled where span = 1
    ) as bounds
)
