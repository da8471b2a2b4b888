-- Gives a message back to quarantine. A new database numbers its own from far above.
insert or ignore into quarantine (id, received_at, topic, payload, size, device, cause, reason, flow, step)
values (:id, :received_at, :topic, :payload, :size, :device, :cause, :reason, :flow, :step)
