-- A rollout of this release that is not over yet, if there is one.
-- :model, :version  the name of the release
-- row: name
select name
from rollout
where model = :model and version = :version and state in ('running', 'paused', 'rolling_back')
order by id
limit 1
