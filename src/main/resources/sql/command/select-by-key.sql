-- What a request that is repeated made the first time.
-- row: id, device, name, parameters, state, reason, way, topic, sequence, idempotency_key, created_by, created_at, expires_at, attempts, taken,
--      sent_at, delivered_at, finished_at, answer
select id, device, name, parameters, state, reason, way, topic, sequence, idempotency_key, created_by, created_at, expires_at, attempts,
       taken, sent_at, delivered_at, finished_at, answer
from command
where device = :device and idempotency_key = :idempotency_key and idempotency_key <> ''
