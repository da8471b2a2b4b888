-- The number of the newest change that somebody made; 0 if there was none.
-- row: newest
select coalesce(max(id), 0) as newest
from audit
