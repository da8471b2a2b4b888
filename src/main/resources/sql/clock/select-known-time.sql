-- The newest time that the hub believed.
-- row: at (UTC milliseconds), or no row
select at
from known_time
