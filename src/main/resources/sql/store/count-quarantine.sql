-- How full quarantine is: one row (rows, bytes).
select count(*) as rows, coalesce(sum(length(payload)), 0) as bytes
from quarantine
