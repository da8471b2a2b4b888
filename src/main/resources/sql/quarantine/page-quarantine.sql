-- A page of what is in quarantine, newest first, without the payloads.
-- :before  the last id of the page before, or a number larger than all
-- :device  only this device, or null for all
-- :cause   only this class of mistake, or null for all
-- :limit   the most rows
-- row: id, received_at, topic, size, device, cause, reason, flow, step
select id, received_at, topic, size, device, cause, reason, flow, step
from quarantine
where id < :before
  and (:device is null or device = :device)
  and (:cause is null or cause = :cause)
order by id desc
limit :limit
