-- Devices that have to do with firmware: they asked for it, told which they run, or are of a model. Those that were heard last come first.
-- :model  only of this model; '' for all
-- :limit  the most rows
-- row: device, model, firmware, firmware_at, version, asked_at, last_at, first_at (UTC milliseconds); what is not known is null
with concerned (id) as (
    select device from device_firmware
    union
    select device from registration where model <> ''
    union
    select id from device
    where exists (select 1 from status where status.device = device.id and (status.firmware <> '' or status.model <> ''))
),
told (id, model, firmware, firmware_at) as (
    select concerned.id,
           (select model from status where device = concerned.id and model <> '' order by as_of desc, status.id desc limit 1),
           (select firmware from status where device = concerned.id and firmware <> '' order by as_of desc, status.id desc limit 1),
           (select as_of from status where device = concerned.id and firmware <> '' order by as_of desc, status.id desc limit 1)
    from concerned
),
known (device, model, firmware, firmware_at, version, asked_at, last_at, first_at) as (
    select told.id, coalesce(nullif(registration.model, ''), told.model, asked.model, ''), told.firmware, told.firmware_at,
           asked.version, asked.asked_at,
           greatest(coalesce(ms(heard.last_seen_at), 0), coalesce(asked.asked_at, 0)),
           least(coalesce(ms(heard.first_seen_at), registration.created_at, asked.first_at),
              coalesce(asked.first_at, registration.created_at, ms(heard.first_seen_at)))
    from told
    left join registration on registration.device = told.id
    left join device_firmware asked on asked.device = told.id
    left join device heard on heard.id = told.id
)
select device, model, firmware, firmware_at, version, asked_at, last_at, first_at
from known
where :model = '' or model = :model
order by last_at desc, device
limit :limit
