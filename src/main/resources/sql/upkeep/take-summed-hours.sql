-- Takes up some hours that are in 5 minutes but not in hours, source by source, since hours lie so.
-- :this_hour  hours since 1970; it is left alone, since it is not over
-- :limit      how many hours
insert into rolling (source_id, bucket, gone, look_back)
select source_id, bucket, 0, 0
from unrolled u
where span = 1 and bucket <> :this_hour
order by source_id, bucket
limit :limit
