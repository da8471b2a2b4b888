-- What is asked of the releases of those models of which anything is, in order.
-- row: model, signed_only, changed_at, changed_by
select model, signed_only, changed_at, changed_by
from firmware_policy
order by model
