-- The number that was given last.
-- row: last
select last
from command_sequence
where receiver = :receiver
