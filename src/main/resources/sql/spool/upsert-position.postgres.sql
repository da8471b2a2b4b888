-- Notes how far a run of a hub has brought its spool here.
-- :run       the run
-- :position  of the last outcome that is kept by this transaction
insert into spool_position (run, position)
values (:run, :position)
on conflict (run) do update set position = excluded.position, changed_at = now()
