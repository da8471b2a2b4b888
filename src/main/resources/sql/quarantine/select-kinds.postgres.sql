-- What is known of the messages in quarantine that are meant, newest first; of all of them, since quarantine is bounded.
-- :after   0 for all
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: 7,9
-- :cause, :flow, :step, :device  only these, or null for all
-- row: id, received_at, topic, size, device, cause, reason, flow, step
select id, ms(received_at) as received_at, topic, size, device, cause, reason, flow, step
from quarantine
where id > :after and id <= :up_to
  and (cast(:ids as text) is null or id = any (cast(string_to_array(:ids, ',') as bigint[])))
  and (cast(:cause as text) is null or cause = :cause)
  and (cast(:flow as text) is null or flow = :flow)
  and (cast(:step as text) is null or step = :step)
  and (cast(:device as text) is null or device = :device)
order by id desc
