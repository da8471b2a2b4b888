-- What became of devices lately, the newest first.
-- :version  '' for any
-- row: rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
--      restarts, ended_at, changed_at
select rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at, spent_ms,
       restarts, ended_at, changed_at
from device_update
where (:version = '' or version = :version)
order by changed_at desc, device
limit :limit
