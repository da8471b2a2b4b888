-- Some hours of a voice that are in the roll-ups.
-- :source_id
-- :limit  the most hours
-- row: hour
select hour
from rolled
where source_id = :source_id
order by hour
limit :limit
