-- The 5 minutes of a voice in one hour.
-- :source_id
-- :hour
delete from roll_up_5_minutes
where (bucket, series_id) in (
    select 12 * :hour + m.n, series.id
    from series
    cross join minute_in_hour m
    where series.source_id = :source_id
      and m.n < 12
)
