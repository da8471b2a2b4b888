-- Notes that the taken hours are in the roll-ups, and from when on their raw readings are kept for the set number of days.
insert into rolled (source_id, hour, kept_from)
select rolling.source_id, rolling.bucket, greatest(rolling.bucket, newest.hour)
from rolling
cross join lateral (
    select ms(max(r.received_at)) / 3600000 as hour, count(*) as count
    from reading r
    where r.source_id = rolling.source_id
      and r.measured_at >= at_ms(3600000 * rolling.bucket)
      and r.measured_at < at_ms(3600000 * rolling.bucket + 3600000)
) as newest
where rolling.gone = 0 and newest.count > 0
on conflict (source_id, hour) do update set kept_from = excluded.kept_from
