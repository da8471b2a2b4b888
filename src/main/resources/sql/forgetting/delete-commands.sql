-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from command
where id in (select id from command where device = :device limit :limit)
