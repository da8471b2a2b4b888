-- Whose signatures count, in order.
-- row: name, algorithm, public_key, added_at, added_by
select name, algorithm, public_key, added_at, added_by
from trusted_key
where removed_at is null
order by name
