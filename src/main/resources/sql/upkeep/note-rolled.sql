-- Notes that the taken hours are in the roll-ups, and from when on their raw readings are kept for the set number of days.
insert into rolled (source_id, hour, kept_from)
select rolling.source_id, rolling.bucket, max(rolling.bucket, coalesce(max(r.received_at) / 3600000, rolling.bucket))
from rolling
cross join minute_in_hour m
cross join reading r
where rolling.gone = 0
  and r.minute = 60 * rolling.bucket + m.n
  and r.source_id = rolling.source_id
group by rolling.source_id, rolling.bucket
on conflict (source_id, hour) do update set kept_from = excluded.kept_from
