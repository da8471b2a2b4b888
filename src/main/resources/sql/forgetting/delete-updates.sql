-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from device_update
where (rollout, device) in (select rollout, device from device_update where device = :device limit :limit)
