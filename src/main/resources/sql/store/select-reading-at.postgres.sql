-- What a source measured at a moment: no row, or one (same: whether it is what these metrics say, in whatever order and spelling).
select metrics = cast(:metrics as jsonb) as same
from reading
where source_id = :source_id and measured_at = at_ms(:measured_at)
