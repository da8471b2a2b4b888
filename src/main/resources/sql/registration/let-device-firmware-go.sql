-- A device that is removed needs it no more.
-- :device  device id
delete from device_firmware
where device = :device
