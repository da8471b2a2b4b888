-- Some rows of a device.
-- :device  device id
-- :limit   the most rows
delete from event
where id in (select id from event where device = :device limit :limit)
