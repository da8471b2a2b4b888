-- Keeps what a device is asked to do, before anything of it is sent.
insert into command (id, device, name, parameters, state, reason, way, topic, reference, sequence, idempotency_key, created_by, created_at,
                     expires_at, attempts, taken, sent_at, delivered_at, finished_at, answer)
values (:id, :device, :name, :parameters, :state, :reason, :way, :topic, :reference, :sequence, :idempotency_key, :created_by, :created_at,
        :expires_at, :attempts, :taken, :sent_at, :delivered_at, :finished_at, :answer)
