-- Leaves of the devices that nobody has registered those that asked last.
-- :keep  how many stay
delete from device_firmware
where device in (
    select asked.device
    from device_firmware asked
    where not exists (select 1 from registration where registration.device = asked.device)
    order by asked.asked_at desc, asked.device
    limit 1000 offset :keep
)
