-- Forgets what is told again since then.
-- :now  UTC milliseconds since 1970
delete from alert_mute
where until <= :now
