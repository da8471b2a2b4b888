-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from status
where id in (select id from status where device = :device limit :limit)
