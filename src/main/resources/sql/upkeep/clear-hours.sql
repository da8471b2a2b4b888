-- Makes room for the taken hours.
delete from roll_up_hour
where (series_id, bucket) in (
    select series.id, rolling.bucket
    from rolling
    cross join series
    where series.source_id = rolling.source_id
)
