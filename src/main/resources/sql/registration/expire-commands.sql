-- What a removed device was asked to do and did not do, it is not asked any more.
-- :device  device id
-- :at      now, UTC milliseconds
update command
set state = 'expired', reason = 'the device was removed', finished_at = :at
where device = :device
  and state in ('queued', 'sent', 'delivered')
