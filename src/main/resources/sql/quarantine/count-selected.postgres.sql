-- How many messages in quarantine are meant: one row (count, up_to: the largest number of all of them, 0 if there is none).
-- :after   0 for all
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: 7,9
-- :cause, :flow, :step, :device  only these, or null for all
select count(*) as count, coalesce(max(id), 0) as up_to
from quarantine
where id > :after and id <= :up_to
  and (cast(:ids as text) is null or id = any (cast(string_to_array(:ids, ',') as bigint[])))
  and (cast(:cause as text) is null or cause = :cause)
  and (cast(:flow as text) is null or flow = :flow)
  and (cast(:step as text) is null or step = :step)
  and (cast(:device as text) is null or device = :device)
