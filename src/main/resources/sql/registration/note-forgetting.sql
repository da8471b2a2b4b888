-- Everything of a device is to be gone.
insert into forgetting (device, asked_at)
values (:device, :asked_at)
on conflict do nothing
