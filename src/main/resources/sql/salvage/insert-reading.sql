-- Gives a reading back, unless there is one at its moment, or its values are damaged and would spoil every question about them.
insert or ignore into reading (minute, source_id, measured_at, received_at, flags, shape_id, "values")
select :minute, :source_id, :measured_at, :received_at, :flags, :shape_id, :values
where json_valid(:values)
