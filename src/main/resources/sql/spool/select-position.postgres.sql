-- How far a run of a hub has brought its spool here: no row, or one (position). Keeps other processes of the same run away.
-- :run  the run
select position
from spool_position
where run = :run
for update
