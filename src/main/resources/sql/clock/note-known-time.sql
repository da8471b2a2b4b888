-- The newest time that the hub believes; no commit is made for it alone.
-- :known  UTC milliseconds, or 0 while it believes none
insert into known_time (id, at)
values (1, :known)
on conflict (id) do update set at = excluded.at where excluded.at > known_time.at
