-- How many devices were ever heard.
-- row: devices
select count(*) as devices
from device
