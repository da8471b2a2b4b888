-- How many messages in quarantine are meant: one row (count, up_to: the largest number of all of them, 0 if there is none).
-- :after   0 for all
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: [7,9]
-- :cause, :flow, :step, :device  only these, or null for all
select count(*) as count, coalesce(max(id), 0) as up_to
from quarantine
where id > :after and id <= :up_to
  and (:ids is null or id in (select value from json_each(:ids)))
  and (:cause is null or cause = :cause)
  and (:flow is null or flow = :flow)
  and (:step is null or step = :step)
  and (:device is null or device = :device)
