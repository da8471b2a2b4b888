-- Keeps what no reading could be made of.
insert into quarantine (received_at, topic, payload, size, device, cause, reason, flow, step)
values (at_ms(:received_at), :topic, :payload, :size, :device, :cause, :reason, :flow, :step)
