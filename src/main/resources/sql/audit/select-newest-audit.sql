-- The newest entry of somebody about something.
-- :subject
-- :who
-- :action
-- row: id, at, details
select id, at, details
from audit
where subject = :subject
  and who = :who
  and action = :action
order by id desc
limit 1
