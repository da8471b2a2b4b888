-- Those hours are not in the roll-ups.
insert into unrolled (span, source_id, bucket)
select distinct 0, source_id, new_measured_at / 3600000 from doubtful where true
on conflict do nothing
