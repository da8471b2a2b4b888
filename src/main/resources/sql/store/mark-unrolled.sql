-- Notes that an hour of a source is not in the roll-ups (any more); nor, if they were summed up already and there is energy in them, are the
-- hours beside it: what flowed across the full hour belongs to both.
with noted as (select cast(:source_id as bigint) as source_id, cast(:hour as bigint) as hour)
insert into unrolled (span, source_id, bucket)
select 0, source_id, hour from noted
union all
select 0, rolled.source_id, rolled.hour
from noted
join rolled on rolled.source_id = noted.source_id and rolled.hour in (noted.hour - 1, noted.hour + 1)
where rolled.kept_from is not null
  and exists (select 1 from series where series.source_id = noted.source_id and series.metric like '%\_w' escape '\')
on conflict do nothing
