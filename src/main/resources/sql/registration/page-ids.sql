-- A page of the ids of registered devices.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: device
select device
from registration
where device > :after
order by device
limit :limit
