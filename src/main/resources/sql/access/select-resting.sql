-- Whose devices are disabled, and get in again when they are enabled.
-- :now  UTC milliseconds
-- row: user_name
select credential.user_name
from credential
join registration on registration.device = credential.device
where registration.disabled <> 0 and (credential.expires_at is null or credential.expires_at > :now)
order by credential.user_name
