-- Makes room for the taken days.
delete from roll_up_day
where (series_id, bucket) in (
    select series.id, rolling.bucket
    from rolling
    cross join series
    where series.source_id = rolling.source_id
)
