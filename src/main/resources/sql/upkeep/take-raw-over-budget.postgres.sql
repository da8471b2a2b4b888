-- Takes up some of the oldest hours whose raw readings may go, while more room is used than there is: they are in the roll-ups, and nothing
-- was added since.
-- :before  hours since 1970; what is kept from then on stays
-- :limit         how many hours
-- :budget_bytes  what may be used
insert into rolling (source_id, bucket, gone, look_back)
select source_id, hour, 0, 0
from rolled
where kept_from is not null
  and kept_from < :before
  and (select used_bytes()) > :budget_bytes
  and not exists (
      select 1
      from unrolled u
      where u.span in (0, 1) and u.source_id = rolled.source_id and u.bucket = rolled.hour
  )
order by kept_from
limit :limit
