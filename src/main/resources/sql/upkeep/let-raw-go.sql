-- Deletes the readings of the taken hours.
delete from reading
where (minute, source_id) in (
    select 60 * rolling.bucket + m.n, rolling.source_id
    from rolling
    cross join minute_in_hour m
)
