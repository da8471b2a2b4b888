-- Keeps readings, except those whose source already has one at that moment: the keys (source_id, measured_at) of those that are new.
insert into reading (source_id, measured_at, received_at, flags, metrics)
select given.source_id, at_ms(given.measured_at), at_ms(given.received_at), given.flags, given.metrics::jsonb
from unnest(
    cast(:source_ids as bigint[]),
    cast(:measured_at as bigint[]),
    cast(:received_at as bigint[]),
    cast(:flags as integer[]),
    cast(:metrics as text[])
) as given (source_id, measured_at, received_at, flags, metrics)
on conflict do nothing
returning source_id, ms(measured_at) as measured_at
