-- Rollouts that something may become of by itself, and those that ended while devices were updating; the newest first.
-- row: id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, returns, created_at,
--      created_by, changed_at
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where state in ('running', 'paused', 'rolling_back')
union
select id, name, model, version, audience, plan, percent, ring, state, reason, soaks_since, forgiven_failed, forgiven_ended, "returns", created_at,
       created_by, changed_at
from rollout
where id in (select rollout from device_update where ended_at is null)
order by id desc
