-- The newest hour (since 1970) with readings: one row (hour), null if there are none.
select max(hour) as hour
from source_hour
