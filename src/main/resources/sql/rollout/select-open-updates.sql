-- Devices of a rollout of which something may still become.
-- row: rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
--      restarts, ended_at, changed_at
select rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
       restarts, ended_at, changed_at
from device_update
where rollout = :rollout and ended_at is null
order by device
