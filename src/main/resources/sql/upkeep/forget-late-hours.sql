-- There are no readings in these hours any more.
delete from source_hour
where (source_id, hour) in (select source_id, bucket from rolling where gone = 1)
