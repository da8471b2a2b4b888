-- Forgets how a device was judged.
-- :device  device id
delete from presence
where device = :device
