-- What a device signs in with, the newest first.
-- :device  device id
-- :now     UTC milliseconds
-- row: user_name, device, password_hash, made_at, expires_at
select user_name, device, password_hash, made_at, expires_at
from credential
where device = :device and (expires_at is null or expires_at > :now)
order by made_at desc, user_name
