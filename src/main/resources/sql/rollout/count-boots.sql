-- How often devices of a rollout told that they started since they run the new version.
-- row: device, n
select u.device, count(*) as n
from device_update u
join event e on e.device = u.device and e.as_of >= u.verifying_since
where u.rollout = :rollout and u.ended_at is null and u.state = 'verifying'
  and e.name in ('boot', 'booted', 'reboot', 'restart', 'restarted', 'reset', 'start', 'started')
group by u.device
