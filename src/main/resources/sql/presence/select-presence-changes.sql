-- How a device's presence changed, newest first.
-- :device  device id
-- :limit   the most rows
-- row: state, reason, at
select state, reason, at
from presence_change
where device = :device
order by id desc
limit :limit
