-- An alert.
-- :id  its number
select id, name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at, acknowledged_at, acknowledged_by,
       resolved_at, resolved_why
from alert
where id = :id
