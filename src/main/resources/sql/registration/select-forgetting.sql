-- The devices of which everything is to be gone.
-- row: device
select device
from forgetting
order by asked_at
