-- What was taken is done.
-- :span  0 = 5 minutes, 1 = hours, 2 = days
delete from unrolled
where span = cast(:span as integer) and (source_id, bucket) in (select source_id, bucket from rolling)
