-- Takes up some days whose hours are all summed up.
-- :today  days since 1970; it is left alone, since it is not over
-- :limit  how many days
insert into rolling (source_id, bucket, gone, look_back)
select source_id, bucket, 0, 0
from unrolled u
where span = 2
  and bucket <> :today
  and not exists (
      select 1
      from unrolled finer
      where finer.span in (0, 1)
        and finer.source_id = u.source_id
        and finer.bucket between 24 * u.bucket and 24 * u.bucket + 23
  )
order by source_id, bucket
limit :limit
