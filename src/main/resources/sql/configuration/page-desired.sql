-- Devices that should be configured in some way, in order of id.
-- :after  the last id of the page before, or ''
-- row: device
select device
from desired_configuration
where device > :after
order by device
limit :limit
