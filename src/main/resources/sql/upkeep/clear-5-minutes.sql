-- Makes room for the taken hours to be summed up again from all their readings.
delete from roll_up_5_minutes
where (bucket, series_id) in (
    select 12 * rolling.bucket + five.n, series.id
    from rolling
    cross join minute_in_hour five
    cross join series
    where rolling.gone = 0 and five.n < 12 and series.source_id = rolling.source_id
)
