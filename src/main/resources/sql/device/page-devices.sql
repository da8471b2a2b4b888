-- A page of devices in order of id, each with when the messages of its newest four hours arrived, at most 20.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined, arrivals (JSON array, ms)
select d.id, d.family, d.first_seen_at, d.last_seen_at, d.received, d.stored, d.duplicate, d.quarantined,
       (select json_group_array(received_at)
        from (
            select r.received_at
            from source s
            cross join source_hour h
            cross join minute_in_hour m
            cross join reading r
            where s.device = d.id
              and h.source_id = s.id
              and h.hour >= (
                  select min(hour)
                  from (select hour from source_hour where source_id = s.id order by hour desc limit 4)
              )
              and r.minute = 60 * h.hour + m.n
              and r.source_id = s.id
            order by r.measured_at desc
            limit 20
        )) as arrivals
from device d
where d.id > :after
order by d.id
limit :limit
