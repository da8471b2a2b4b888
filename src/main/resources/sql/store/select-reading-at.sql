-- What a source measured at a moment: no row, or one (shape_id, values).
select shape_id, cast("values" as blob) as "values"
from reading
where minute = :minute and source_id = :source_id and measured_at = :measured_at
