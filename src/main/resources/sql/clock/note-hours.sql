-- Notes in which hours there are readings now.
insert into source_hour (source_id, hour)
select distinct source_id, new_measured_at / 3600000 from doubtful where true
on conflict do nothing
