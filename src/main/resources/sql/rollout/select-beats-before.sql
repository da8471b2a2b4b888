-- What a device told of its uptime last before its offer, the newest first: how it is when nothing was changed.
-- :limit  how many statuses at most
-- row: device, as_of, uptime_s, details
select s.device, s.as_of, s.uptime_s, s.details
from status s
where s.device = :device and s.uptime_s is not null
  and s.as_of < (
      select coalesce(offered_at, verifying_since) from device_update where rollout = :rollout and device = :device
  )
order by s.as_of desc, s.id desc
limit :limit
