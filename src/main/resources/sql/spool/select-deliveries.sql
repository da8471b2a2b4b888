-- What waits in the spool, in the order in which it came.
-- :after  the number of the last outcome that was taken out
-- :limit  the most rows
-- row: position (of its first outcome), content, last_position (of its last outcome)
select position, content, last_position
from delivery
where position > :after
order by position
limit :limit
