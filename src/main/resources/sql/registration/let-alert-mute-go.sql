-- A device that is removed needs it no more.
-- :device  device id
delete from alert_mute
where device = :device
