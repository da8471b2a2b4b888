-- What is known of the messages in quarantine that are meant, newest first; of all of them, since quarantine is bounded.
-- :after   0 for all
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: [7,9]
-- :cause, :flow, :step, :device  only these, or null for all
-- row: id, received_at, topic, size, device, cause, reason, flow, step
select id, received_at, topic, size, device, cause, reason, flow, step
from quarantine
where id > :after and id <= :up_to
  and (:ids is null or id in (select value from json_each(:ids)))
  and (:cause is null or cause = :cause)
  and (:flow is null or flow = :flow)
  and (:step is null or step = :step)
  and (:device is null or device = :device)
order by id desc
