-- How many devices of a rollout wait because their owner wants nothing of them.
-- row: n
select count(*) as n
from device_update u
join registration r on r.device = u.device
where u.rollout = :rollout and u.ended_at is null and u.state = 'waiting' and r.disabled = 1
