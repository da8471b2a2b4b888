-- When each scheduled flow ran last.
-- row: job, last_planned_at, last_run_at, outcome
select job, last_planned_at, last_run_at, outcome
from schedule
order by job
