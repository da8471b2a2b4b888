-- How many commands of a device something may still become of.
-- row: open
select count(*) as open
from command
where device = :device and state in ('queued', 'sent', 'delivered')
