-- The taken hours changed, and so will their days.
insert into unrolled (span, source_id, bucket)
select distinct 2, source_id, bucket / 24 from rolling where true
on conflict do nothing
