-- A device whose id is this one, but perhaps for the case of its letters.
-- :device  device id
-- row: device
select device
from registration
where lower(device) = lower(:device)
order by case when device = :device then 0 else 1 end, device
limit 1
