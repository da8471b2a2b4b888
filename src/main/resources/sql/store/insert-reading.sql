-- Keeps a reading, unless its source already has one at that moment.
insert into reading (source_id, measured_at, received_at, flags, metrics)
values (:source_id, :measured_at, :received_at, :flags, cast(:metrics as text))
on conflict do nothing
