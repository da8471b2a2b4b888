-- How far down to go for some hours in which a device has readings.
-- :device  device id
-- :hour    hours since 1970; where to begin, included
-- :hours   how many hours with readings are wanted
-- row: hour (the last of them), or null if there are none
select min(hour) as hour
from (
    select distinct h.hour
    from source s
    cross join source_hour h
    where s.device = :device and h.source_id = s.id and h.hour <= :hour
    order by h.hour desc
    limit :hours
)
