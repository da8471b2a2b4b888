-- Lets alerts go that were over before.
-- :before     UTC milliseconds since 1970
-- :before_id  and those with a number below this, however new
delete from alert
where state = 'resolved'
  and (resolved_at < :before or id < :before_id)
