-- One message in quarantine, with its bytes.
-- :id  its number
-- row: id, received_at, topic, size, device, cause, reason, flow, step, payload
select id, ms(received_at) as received_at, topic, size, device, cause, reason, flow, step, payload
from quarantine
where id = :id
