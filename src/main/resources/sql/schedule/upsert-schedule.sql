-- Notes that a scheduled flow ran, or that it is known from now on.
-- :job, :last_planned_at, :last_run_at (UTC milliseconds), :outcome
insert into schedule (job, last_planned_at, last_run_at, outcome)
values (:job, :last_planned_at, :last_run_at, :outcome)
on conflict (job) do update set
    last_planned_at = excluded.last_planned_at,
    last_run_at     = excluded.last_run_at,
    outcome         = excluded.outcome
