-- Rollouts by which devices of a model may get a release, the newest first.
-- row: id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, returns, created_at,
--      created_by, changed_at
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where model = :model and state in ('running', 'paused', 'rolling_back', 'completed')
order by id desc
