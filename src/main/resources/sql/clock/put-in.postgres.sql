-- Puts the readings in where they belong.
insert into reading (source_id, measured_at, received_at, flags, metrics)
select source_id, at_ms(new_measured_at), at_ms(new_received_at), new_flags, metrics
from doubtful
