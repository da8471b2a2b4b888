-- How many rollouts there are, by state.
-- row: state, n
select state, count(*) as n
from rollout
group by state
