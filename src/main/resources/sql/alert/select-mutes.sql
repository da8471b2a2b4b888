-- What is not told for a while, in order.
-- :now  UTC milliseconds since 1970
-- row: name, device, until, muted_by
select name, device, until, muted_by
from alert_mute
where until > :now
order by name, device
