-- The taken hours changed in 5 minutes, and so will in hours.
insert into unrolled (span, source_id, bucket)
select 1, source_id, bucket from rolling where gone = 0
on conflict do nothing
