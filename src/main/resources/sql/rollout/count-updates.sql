-- How the devices of a rollout are, by state.
-- row: state, n
select state, count(*) as n
from device_update
where rollout = :rollout
group by state
