-- The alerts that are not over, oldest first.
-- :limit  the most rows
-- row: id, name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at, acknowledged_at, acknowledged_by,
-- resolved_at, resolved_why
select id, name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at, acknowledged_at, acknowledged_by,
       resolved_at, resolved_why
from alert
where state <> 'resolved'
order by id
limit :limit
