-- How many devices of a rollout are at it.
-- row: n
select count(*) as n
from device_update
where rollout = :rollout and ended_at is null and state <> 'waiting'
