-- Keeps a message again that was taken out, under the number that it had.
insert into quarantine (received_at, topic, payload, size, device, cause, reason, flow, step, id)
values (:received_at, :topic, :payload, :size, :device, :cause, :reason, :flow, :step, :id)
