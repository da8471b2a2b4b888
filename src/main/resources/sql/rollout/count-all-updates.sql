-- How the devices of rollouts that are not over are, by state.
-- row: state, n
select device_update.state as state, count(*) as n
from rollout
join device_update on device_update.rollout = rollout.id
where rollout.state in ('running', 'paused', 'rolling_back')
group by device_update.state
