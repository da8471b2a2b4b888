-- A page of rollouts, the newest first.
-- :model, :state  '' for any
-- :before         only with a smaller number
-- row: id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, returns, created_at,
--      created_by, changed_at
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where id < :before
  and (:model = '' or model = :model)
  and (:state = '' or state = :state)
order by id desc
limit :limit
