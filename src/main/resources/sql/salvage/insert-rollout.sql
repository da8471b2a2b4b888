-- Gives a rollout back; the newer of two counts.
insert into rollout (id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns",
                     created_at, created_by, changed_at)
values (:id, :name, :model, :version, :audience, :plan, :percent, :ring, :state, :reason, :soaks_since, :forgiven_failed, :forgiven_ended, :returns,
        :created_at, :created_by, :changed_at)
on conflict (id) do update set
    plan            = excluded.plan,
    percent         = excluded.percent,
    ring            = excluded.ring,
    state           = excluded.state,
    reason          = excluded.reason,
    soaks_since     = excluded.soaks_since,
    forgiven_failed = excluded.forgiven_failed,
    forgiven_ended  = excluded.forgiven_ended,
    changed_at      = excluded.changed_at
where excluded.changed_at > rollout.changed_at
