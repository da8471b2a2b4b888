-- Forgets how a device's presence changed.
-- :device  device id
delete from presence_change
where device = :device
