-- Whether the raw readings of a source's hour were let go, being summed up: one row (gone), or none.
select 1 as gone
from rolled
where source_id = :source_id and hour = :hour and kept_from is null
