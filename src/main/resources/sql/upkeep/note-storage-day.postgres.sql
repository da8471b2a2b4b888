-- Notes how much room is used today.
-- :today  days since 1970
insert into storage_day (day, used_bytes)
values (:today, used_bytes())
on conflict (day) do update set used_bytes = excluded.used_bytes
