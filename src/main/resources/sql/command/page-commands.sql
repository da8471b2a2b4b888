-- A page of a device's commands, newest first.
-- :before, :before_id  the last of the page before, or larger than all
-- row: id, device, name, parameters, state, reason, way, topic, sequence, idempotency_key, created_by, created_at, expires_at, attempts, taken,
--      sent_at, delivered_at, finished_at, answer
select id, device, name, parameters, state, reason, way, topic, sequence, idempotency_key, created_by, created_at, expires_at, attempts,
       taken, sent_at, delivered_at, finished_at, answer
from command
where device = :device
  and (created_at, id) < (:before, :before_id)
order by created_at desc, id desc
limit :limit
