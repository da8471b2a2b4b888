-- A page of what was changed, newest first.
-- :before   entries with a smaller number; the largest number there is for the newest
-- :subject  only what was done to this; null for all
-- :who      only what this one did; null for all
-- :since    not before this time, UTC milliseconds; null for all
-- :limit    the most rows
-- row: id, at, who, action, subject, details
select id, at, who, action, subject, details
from audit
where id < :before
  and (:subject is null or subject = :subject)
  and (:who is null or who = :who)
  and (:since is null or at >= :since)
order by id desc
limit :limit
