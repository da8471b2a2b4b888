-- What is still to be told, oldest first.
-- :limit  the most rows
-- row: channel, dispatch
select channel, dispatch
from delivery
order by made_at, id
limit :limit
