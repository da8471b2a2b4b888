-- A device is in a rollout, unless it is already.
insert into device_update (rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at,
                           spent_ms, restarts, ended_at, changed_at)
values (:rollout, :device, :version, :from_version, :state, :percent, :reason, :attempts, :offered_at, :started_at, :verifying_since, :seen_at,
        :spent_ms, :restarts, :ended_at, :changed_at)
on conflict (rollout, device) do nothing
