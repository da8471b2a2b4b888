-- How long devices of a model took from the offer on, by release; the shortest first.
-- row: version, took_ms
select device_update.version, device_update.ended_at - device_update.offered_at as took_ms
from rollout
join device_update on device_update.rollout = rollout.id
where rollout.model = :model and device_update.state = 'done' and device_update.offered_at is not null
order by device_update.version, took_ms
