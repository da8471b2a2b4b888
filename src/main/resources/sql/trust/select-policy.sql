-- What is asked of a model's releases.
-- row: model, signed_only, changed_at, changed_by
select model, signed_only, changed_at, changed_by
from firmware_policy
where model = :model
