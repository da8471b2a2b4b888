-- What the owner should have looked at is over with the device.
-- :device  device id
-- :at      now, UTC milliseconds
update alert
set state = 'resolved', resolved_at = :at
where device = :device
  and state <> 'resolved'
