-- What became of devices, by release of a model.
-- row: version, state, n, restarts
select device_update.version, device_update.state, count(*) as n, sum(device_update.restarts) as restarts
from rollout
join device_update on device_update.rollout = rollout.id
where rollout.model = :model
group by device_update.version, device_update.state
