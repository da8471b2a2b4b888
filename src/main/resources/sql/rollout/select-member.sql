-- One device, as far as it matters which firmware it gets.
-- row: device, owners_model, device_group, disabled, asked_model, asked_version, asked_mac, asked_at, told_version, told_at, told_model
with asked (device) as (
    select id from device where id = :device
    union
    select device from registration where device = :device
    union
    select device from device_firmware where device = :device
)
select asked.device, coalesce(r.model, '') as owners_model, coalesce(r.device_group, '') as device_group, coalesce(r.disabled, 0) as disabled,
       coalesce(f.model, '') as asked_model, coalesce(f.version, '') as asked_version, coalesce(f.mac, '') as asked_mac, f.asked_at,
       coalesce((
           select firmware
           from (select firmware, as_of, id from status where device = asked.device order by as_of desc, id desc limit 20) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ), '') as told_version,
       (
           select case when as_of < received_at then as_of else received_at end
           from (
               select firmware, as_of, received_at, id from status where device = asked.device order by as_of desc, id desc limit 20
           ) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ) as told_at,
       coalesce((
           select model
           from (select model, as_of, id from status where device = asked.device order by as_of desc, id desc limit 20) as late
           where model <> ''
           order by as_of desc, id desc
           limit 1
       ), '') as told_model
from asked
left join registration r on r.device = asked.device
left join device_firmware f on f.device = asked.device
