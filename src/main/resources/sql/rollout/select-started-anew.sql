-- Devices of a rollout that told that they started again since they began to install. A second, for uptime is told in whole ones.
-- row: device
select distinct u.device
from device_update u
join status s on s.device = u.device and s.as_of >= u.changed_at
where u.rollout = :rollout and u.ended_at is null and u.state = 'installing'
  and s.received_at - s.uptime_s * 1000 > u.changed_at + 1000
