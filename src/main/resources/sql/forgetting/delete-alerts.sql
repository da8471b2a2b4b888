-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from alert
where id in (select id from alert where device = :device limit :limit)
