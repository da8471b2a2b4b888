-- A device that has not begun is not for the rollout any more.
delete from device_update
where rollout = :rollout and device = :device and state = 'waiting' and ended_at is null
