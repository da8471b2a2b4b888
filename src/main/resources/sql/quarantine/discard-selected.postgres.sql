-- Lets messages in quarantine go.
-- :after   the last number of the part before, or 0
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: 7,9
-- :cause, :flow, :step, :device  only these, or null for all
delete from quarantine
where id > :after and id <= :up_to
  and (cast(:ids as text) is null or id = any (cast(string_to_array(:ids, ',') as bigint[])))
  and (cast(:cause as text) is null or cause = :cause)
  and (cast(:flow as text) is null or flow = :flow)
  and (cast(:step as text) is null or step = :step)
  and (cast(:device as text) is null or device = :device)
