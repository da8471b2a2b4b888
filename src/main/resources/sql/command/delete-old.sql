-- Lets commands go that ended long ago, whatever became of their devices.
-- :before  UTC milliseconds
delete from command
where finished_at < :before
