-- What came in by each flow since the database was made.
-- row: flow, received, stored, duplicate, quarantined
select flow, received, stored, duplicate, quarantined
from ledger
order by flow
