-- Whether raw readings of a device were let go in a stretch: one row (gone), or none.
-- :device     device id
-- :from, :to  UTC milliseconds
select 1 as gone
from source s
join rolled r on r.source_id = s.id
where s.device = :device
  and r.hour between :from / 3600000 and :to / 3600000
  and r.kept_from is null
limit 1
