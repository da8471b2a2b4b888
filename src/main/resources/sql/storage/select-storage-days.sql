-- How much room was used on the last days, for the forecast.
-- :from  days since 1970
-- row: day, used_bytes; the oldest first
select day, used_bytes
from storage_day
where day >= :from
order by day
