-- Keeps an event, unless it is there already.
insert into event (device, source_id, name, severity, message, said_at, as_of, received_at, flags, fingerprint, details)
values (:device, :source_id, :name, :severity, :message, :said_at, :as_of, :received_at, :flags, :fingerprint, :details)
on conflict do nothing
