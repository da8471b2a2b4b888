-- A device that is removed needs it no more.
-- :device  device id
delete from presence_change
where device = :device
