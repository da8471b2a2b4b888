-- Takes up some of the oldest hours whose raw readings may go: they are in the roll-ups, and nothing was added since.
-- :before  hours since 1970; what is kept from then on stays
-- :limit   how many hours
insert into rolling (source_id, bucket, gone, look_back)
select source_id, hour, 0, 0
from rolled
where kept_from is not null
  and kept_from < :before
  and not exists (
      select 1
      from unrolled u
      where u.span in (0, 1) and u.source_id = rolled.source_id and u.bucket = rolled.hour
  )
order by kept_from
limit :limit
