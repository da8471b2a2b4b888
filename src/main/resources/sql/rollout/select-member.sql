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
       coalesce(t.version, '') as told_version, t.told_at, coalesce(t.model, '') as told_model
from asked
left join registration r on r.device = asked.device
left join device_firmware f on f.device = asked.device
left join device_told t on t.device = asked.device
