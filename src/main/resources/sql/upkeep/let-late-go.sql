-- Late readings that were added to the roll-ups go, in the same transaction, so that none is added twice.
delete from reading
where (minute, source_id) in (
    select 60 * rolling.bucket + m.n, rolling.source_id
    from rolling
    cross join minute_in_hour m
    where rolling.gone = 1
)
