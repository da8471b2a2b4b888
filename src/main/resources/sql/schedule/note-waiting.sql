-- Notes why a scheduled flow that was due has to wait; when it ran last stays, so that it counts as missed.
-- :outcome, :job
update schedule
set outcome = :outcome
where job = :job
