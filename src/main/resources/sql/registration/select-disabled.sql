-- The devices of which nothing is taken.
-- row: device
select device
from registration
where disabled = 1
