-- What a device signs in with: first the one that does not end, whatever the clock said when it was made.
-- :device  device id
-- :now     UTC milliseconds
-- row: user_name, device, password_hash, made_at, expires_at
select user_name, device, password_hash, made_at, expires_at
from credential
where device = :device and (expires_at is null or expires_at > :now)
order by case when expires_at is null then 0 else 1 end, made_at desc, user_name
