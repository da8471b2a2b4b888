-- Lets messages in quarantine go.
-- :after   the last number of the part before, or 0
-- :up_to   the largest number that is meant
-- :ids     only these numbers, or null for all: [7,9]
-- :cause, :flow, :step, :device  only these, or null for all
delete from quarantine
where id > :after and id <= :up_to
  and (:ids is null or id in (select value from json_each(:ids)))
  and (:cause is null or cause = :cause)
  and (:flow is null or flow = :flow)
  and (:step is null or step = :step)
  and (:device is null or device = :device)
