-- A page of devices in order of id, each with when the last messages of its newest voice arrived.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined, arrivals (JSON array, ms)
select d.id, d.family, d.first_seen_at, d.last_seen_at, d.received, d.stored, d.duplicate, d.quarantined,
       (select json_group_array(received_at)
        from (
            select received_at
            from reading
            where source_id = (
                select s.id
                from source s
                where s.device = d.id
                order by (select max(measured_at) from reading where source_id = s.id) desc
                limit 1
            )
            order by measured_at desc
            limit 20
        )) as arrivals
from device d
where d.id > :after
order by d.id
limit :limit
