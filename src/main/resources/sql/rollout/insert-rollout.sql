-- A rollout is made.
insert into rollout (name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns",
                     created_at, created_by, changed_at)
values (:name, :model, :version, :audience, :plan, :percent, :ring, :state, :reason, :soaks_since, :forgiven_failed, :forgiven_ended, :returns,
        :created_at, :created_by, :changed_at)
