-- A device asked for firmware; when it did first stays.
insert into device_firmware (device, model, version, mac, door, first_at, asked_at)
values (:device, :model, :version, :mac, :door, :at, :at)
on conflict (device) do update
set model = excluded.model, version = excluded.version, mac = excluded.mac, door = excluded.door, asked_at = excluded.asked_at
