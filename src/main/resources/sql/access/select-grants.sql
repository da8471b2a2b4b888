-- Every credential that lets somebody in, with what says which topics are its own.
-- :now  UTC milliseconds
-- row: user_name, device, password_hash, made_at, expires_at, family, site, system
select credential.user_name, credential.device, credential.password_hash, credential.made_at, credential.expires_at,
       registration.family, registration.site, registration.system
from credential
join registration on registration.device = credential.device
where registration.disabled = 0 and (credential.expires_at is null or credential.expires_at > :now)
order by credential.user_name
