-- Limits that a device was beyond.
-- :device  device id
delete from crossing
where device = :device
