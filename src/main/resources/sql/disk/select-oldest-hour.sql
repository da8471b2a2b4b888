-- The oldest hour with readings, if it is more than a day older than the newest: no row, or one (hour).
select min(hour) as hour
from source_hour
having min(hour) < max(hour) - 24
