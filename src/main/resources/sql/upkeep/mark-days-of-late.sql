-- Hours that late readings were added to change their days.
insert into unrolled (span, source_id, bucket)
select distinct 2, source_id, bucket / 24 from rolling where gone = 1
on conflict do nothing
