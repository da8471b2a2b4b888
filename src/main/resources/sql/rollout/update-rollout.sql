-- What has become of a rollout.
update rollout
set plan = :plan, percent = :percent, ring = :ring, state = :state, reason = :reason, soaks_since = :soaks_since,
    forgiven_failed = :forgiven_failed, forgiven_ended = :forgiven_ended, changed_at = :changed_at
where id = :id
