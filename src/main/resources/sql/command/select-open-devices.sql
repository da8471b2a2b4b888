-- Which devices have commands that something may still become of.
-- row: device
select distinct device
from command
where state in ('queued', 'sent', 'delivered')
