-- What a source measured at a moment: no row, or one (metrics).
select cast(metrics as blob) as metrics
from reading
where source_id = :source_id and measured_at = :measured_at
