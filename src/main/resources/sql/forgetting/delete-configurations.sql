-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from configuration
where id in (select id from configuration where device = :device limit :limit)
