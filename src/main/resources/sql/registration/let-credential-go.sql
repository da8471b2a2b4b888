-- A device that is removed needs it no more.
-- :device  device id
delete from credential
where device = :device
