-- A page of what is in quarantine, newest first, without the payloads; parameters as in page-quarantine.sql.
-- row: id, received_at, topic, size, device, cause, reason, flow, step
select id, ms(received_at) as received_at, topic, size, device, cause, reason, flow, step
from quarantine
where id < :before
  and (cast(:device as text) is null or device = :device)
  and (cast(:cause as text) is null or cause = :cause)
order by id desc
limit :limit
