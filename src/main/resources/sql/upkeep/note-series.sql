-- Gives the metrics of the taken hours their numbers.
insert into series (source_id, metric)
select distinct r.source_id, metric.name
from rolling
cross join minute_in_hour m
cross join reading r
cross join metric
where r.minute = 60 * rolling.bucket + m.n
  and r.source_id = rolling.source_id
  and metric.shape_id = r.shape_id
on conflict do nothing
