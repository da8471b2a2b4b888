-- Some hours in which a voice has readings.
-- :source_id
-- :limit  the most hours
-- row: hour
select hour
from source_hour
where source_id = :source_id
order by hour
limit :limit
