-- Puts the readings in where they belong.
insert into reading (minute, source_id, measured_at, received_at, flags, shape_id, "values")
select new_measured_at / 60000, source_id, new_measured_at, new_received_at, new_flags, shape_id, "values"
from doubtful
