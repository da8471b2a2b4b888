-- Notes that a source has readings in an hour.
insert into source_hour (source_id, hour)
values (:source_id, :hour)
on conflict do nothing
