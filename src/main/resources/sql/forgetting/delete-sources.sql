-- The voices of a device; nothing refers to them any more.
-- :device  device id
delete from source
where device = :device
