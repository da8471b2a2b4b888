-- Gives what became of a device in a rollout back; the newer of two counts, and an end more than none.
insert into device_update (rollout, device, version, from_version, state, percent, reason, attempts, offered_at, started_at, verifying_since, seen_at,
                           spent_ms, restarts, ended_at, changed_at)
values (:rollout, :device, :version, :from_version, :state, :percent, :reason, :attempts, :offered_at, :started_at, :verifying_since, :seen_at,
        :spent_ms, :restarts, :ended_at, :changed_at)
on conflict (rollout, device) do update set
    from_version    = excluded.from_version,
    state           = excluded.state,
    percent         = excluded.percent,
    reason          = excluded.reason,
    attempts        = excluded.attempts,
    offered_at      = excluded.offered_at,
    started_at      = excluded.started_at,
    verifying_since = excluded.verifying_since,
    seen_at         = excluded.seen_at,
    spent_ms        = excluded.spent_ms,
    restarts        = excluded.restarts,
    ended_at        = excluded.ended_at,
    changed_at      = excluded.changed_at
where device_update.ended_at is null and (excluded.ended_at is not null or excluded.changed_at > device_update.changed_at)
