-- Some of the hours of a voice.
-- :source_id
-- :limit  the most rows
delete from roll_up_hour
where (series_id, bucket) in (
    select sums.series_id, sums.bucket
    from series
    cross join roll_up_hour sums
    where series.source_id = :source_id
      and sums.series_id = series.id
    limit :limit
)
