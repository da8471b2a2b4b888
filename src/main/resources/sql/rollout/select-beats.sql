-- What devices of a rollout told of their uptime since they run the new version, oldest first.
-- row: device, as_of, uptime_s, details
select u.device, s.as_of, s.uptime_s, s.details
from device_update u
join status s on s.device = u.device and s.as_of >= u.verifying_since
where u.rollout = :rollout and u.ended_at is null and u.state = 'verifying'
order by u.device, s.as_of, s.id
