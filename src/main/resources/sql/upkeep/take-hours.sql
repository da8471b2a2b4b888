-- Takes up some hours with readings that are not in the roll-ups.
-- :this_hour  hours since 1970; it is left alone, since it is not over
-- :look_back  minutes before an hour in which its first segment of energy may begin
-- :limit      how many hours
insert into rolling (source_id, bucket, gone, look_back)
select u.source_id, u.bucket, case when rolled.kept_from is null and rolled.hour is not null then 1 else 0 end, :look_back
from unrolled u
left join rolled on rolled.source_id = u.source_id and rolled.hour = u.bucket
where u.span = 0 and u.bucket <> :this_hour
limit :limit
