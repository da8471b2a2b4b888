-- The rollout of a name.
-- row: id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, returns, created_at,
--      created_by, changed_at
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where name = :name
