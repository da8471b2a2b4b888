-- Keeps a reading, unless its source already has one at that moment.
insert into reading (minute, source_id, measured_at, received_at, flags, shape_id, "values")
values (:minute, :source_id, :measured_at, :received_at, :flags, :shape_id, cast(:values as text))
on conflict do nothing
