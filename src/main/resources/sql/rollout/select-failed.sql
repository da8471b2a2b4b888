-- Devices of a rollout that came to a bad end, the last first.
-- row: device
select device
from device_update
where rollout = :rollout and state in ('failed', 'rolled_back', 'timed_out')
order by ended_at desc, device
limit :limit
