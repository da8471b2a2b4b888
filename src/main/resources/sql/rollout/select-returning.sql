-- The rollout that gives the devices of another one the last good release back.
-- row: id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, returns, created_at,
--      created_by, changed_at
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where "returns" = :id
order by id desc
limit 1
