-- Lets go of what came on topics that no family knows.
delete from quarantine
where cause = 'unknown_topic'
