-- Gives a command back; what became of it counts more than that it was given.
insert into command (id, device, name, parameters, state, reason, way, topic, reference, sequence, idempotency_key, created_by, created_at,
                     expires_at, attempts, taken, sent_at, delivered_at, finished_at, answer)
values (:id, :device, :name, :parameters, :state, :reason, :way, :topic, :reference, :sequence, :idempotency_key, :created_by, :created_at,
        :expires_at, :attempts, :taken, :sent_at, :delivered_at, :finished_at, :answer)
on conflict (id) do update set
    state        = excluded.state,
    reason       = excluded.reason,
    attempts     = excluded.attempts,
    taken        = excluded.taken,
    sent_at      = excluded.sent_at,
    delivered_at = excluded.delivered_at,
    finished_at  = excluded.finished_at,
    answer       = excluded.answer
where command.finished_at is null and (excluded.finished_at is not null or excluded.attempts > command.attempts)
