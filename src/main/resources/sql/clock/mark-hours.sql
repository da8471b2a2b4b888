-- Those hours are not in the roll-ups; nor, as in store/mark-unrolled.sql, are the hours beside them.
insert into unrolled (span, source_id, bucket)
select distinct 0, source_id, new_measured_at / 3600000 from doubtful where true
union
select 0, rolled.source_id, rolled.hour
from doubtful
join rolled on rolled.source_id = doubtful.source_id
    and rolled.hour in (doubtful.new_measured_at / 3600000 - 1, doubtful.new_measured_at / 3600000 + 1)
where rolled.kept_from is not null
  and exists (select 1 from series where series.source_id = doubtful.source_id and series.metric like '%\_w' escape '\')
on conflict do nothing
