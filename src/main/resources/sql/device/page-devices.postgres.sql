-- A page of devices in order of id, each with when its newest messages arrived, at most 20.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined, arrivals (JSON array, ms)
select d.id, d.family, ms(d.first_seen_at) as first_seen_at, ms(d.last_seen_at) as last_seen_at,
       d.received, d.stored, d.duplicate, d.quarantined,
       '[' || coalesce((
           select string_agg(ms(newest.received_at)::text, ',')
           from (
               select r.received_at
               from source s
               cross join lateral (
                   select measured_at, received_at
                   from reading
                   where source_id = s.id
                   order by measured_at desc
                   limit 20
               ) r
               where s.device = d.id
               order by r.measured_at desc
               limit 20
           ) newest
       ), '') || ']' as arrivals
from device d
where d.id > :after
order by d.id
limit :limit
