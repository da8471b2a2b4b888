-- Notes that an hour of a source is not in the roll-ups (any more); nor is the hour after it, whose first segment of energy begins
-- here, if it was summed up already.
insert into unrolled (span, source_id, bucket)
select 0, cast(:source_id as bigint), cast(:hour as bigint)
union all
select 0, source_id, hour from rolled where source_id = :source_id and hour = :hour + 1 and kept_from is not null
on conflict do nothing
