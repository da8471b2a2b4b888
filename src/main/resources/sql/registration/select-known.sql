-- One device that was heard or is registered. What a device never told, or nobody ever wrote, is null. arrivals: when the
-- messages of its newest four hours arrived, at most 20; the newest 20 with PostgreSQL.
-- :device  device id
-- row: id, and of what was heard: heard_family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined, arrivals (JSON array, ms),
--      firmware, told_model; and of the registration: device, family, site, system, model, name, device_group, tags, location, notes,
--      interval_ms, disabled, created_at, changed_at
with asked (id) as (
    select id from device where id = :device
    union
    select device from registration where device = :device
)
select asked.id, d.family as heard_family, d.first_seen_at as first_seen_at, d.last_seen_at as last_seen_at,
       d.received, d.stored, d.duplicate, d.quarantined,
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
        )) as arrivals,
       (select firmware from status where device = d.id and firmware <> '' order by as_of desc, id desc limit 1) as firmware,
       (select model from status where device = d.id and model <> '' order by as_of desc, id desc limit 1) as told_model,
       registration.*
from asked
left join device d on d.id = asked.id
left join registration on registration.device = asked.id
order by asked.id
