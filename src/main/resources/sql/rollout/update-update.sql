-- What has become of a device's update; nothing if it is not any more what it was decided on.
-- :was, :was_percent, :was_changed_at  what it was
update device_update
set from_version = :from_version, state = :state, percent = :percent, reason = :reason, attempts = :attempts, offered_at = :offered_at,
    started_at = :started_at, verifying_since = :verifying_since, seen_at = :seen_at, spent_ms = :spent_ms, restarts = :restarts,
    ended_at = :ended_at, changed_at = :changed_at
where rollout = :rollout and device = :device and ended_at is null
  and state = :was and percent = :was_percent and changed_at = :was_changed_at
