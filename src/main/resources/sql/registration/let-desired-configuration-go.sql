-- A device that is removed needs it no more.
-- :device  device id
delete from desired_configuration
where device = :device
