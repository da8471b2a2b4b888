-- Messages in quarantine that are meant, with their bytes, in order of number.
-- :after   the last number of the part before, or 0
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: [7,9]
-- :cause, :flow, :step, :device  only these, or null for all
-- :limit   the most rows
-- row: id, received_at, topic, size, device, cause, reason, flow, step, payload
select id, received_at, topic, size, device, cause, reason, flow, step, payload
from quarantine
where id > :after and id <= :up_to
  and (:ids is null or id in (select value from json_each(:ids)))
  and (:cause is null or cause = :cause)
  and (:flow is null or flow = :flow)
  and (:step is null or step = :step)
  and (:device is null or device = :device)
order by id
limit :limit
