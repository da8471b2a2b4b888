-- A page of a rollout's devices.
-- :state  '' for any
-- :after  the last device of the page before, or ''
-- row: rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
--      restarts, ended_at, changed_at
select rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
       restarts, ended_at, changed_at
from device_update
where rollout = :rollout
  and device > :after
  and (:state = '' or state = :state)
order by device
limit :limit
