-- A page of alerts, newest first.
-- :before    the last number of the page before, or the largest there is
-- :state     open, acknowledged, resolved, unresolved, or '' for all
-- :device    only of this device, or '' for all
-- :severity  only of this severity, or '' for all
-- :limit     the most rows
select id, name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at, acknowledged_at, acknowledged_by,
       resolved_at, resolved_why
from alert
where id < :before
  and (:state = '' or state = :state or (:state = 'unresolved' and state <> 'resolved'))
  and (:device = '' or device = :device)
  and (:severity = '' or severity = :severity)
order by id desc
limit :limit
