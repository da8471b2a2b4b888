-- A device is unknown again.
-- :device  device id
delete from registration
where device = :device
