-- Forgets runs that ended long ago: nobody has a spool of theirs any more.
delete from spool_position
where changed_at < now() - interval '400 days'
