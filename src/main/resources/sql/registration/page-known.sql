-- A page of devices that were heard or are registered, in order of id. What a device never told, or nobody ever wrote, is null.
-- Its firmware is what it told last, in a status or when it asked for another.
-- :after  the last id of the page before, or ''
-- :limit  the most rows
-- row: id, and of what was heard: heard_family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined, firmware,
--      told_model; and of the registration: device, family, site, system, model, name, device_group, tags, location, notes,
--      interval_ms, disabled, created_at, changed_at
with asked (id) as (
    select id
    from (
        select id from (select id from device where id > :after order by id limit :limit) as heard
        union
        select device from (select device from registration where device > :after order by device limit :limit) as known
    ) as either
    order by id
    limit :limit
)
select asked.id, d.family as heard_family, d.first_seen_at as first_seen_at, d.last_seen_at as last_seen_at,
       d.received, d.stored, d.duplicate, d.quarantined,
       coalesce(
           case when f.door <> 'report' and f.asked_at > coalesce(
               (select as_of from status where device = d.id and firmware <> '' order by as_of desc, id desc limit 1), 0
           ) then nullif(f.version, '') end,
           (select firmware from status where device = d.id and firmware <> '' order by as_of desc, id desc limit 1)
       ) as firmware,
       coalesce((select model from status where device = d.id and model <> '' order by as_of desc, id desc limit 1), f.model) as told_model,
       registration.*
from asked
left join device d on d.id = asked.id
left join device_firmware f on f.device = asked.id
left join registration on registration.device = asked.id
order by asked.id
