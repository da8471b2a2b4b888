-- From when on raw readings are kept: the oldest of those that are in the roll-ups.
-- row: hour (since 1970), or null if there are none
select min(kept_from) as hour
from rolled
where kept_from is not null
