-- Gives an event back, with a new number, unless it is there.
insert or ignore into event (device, source_id, name, severity, message, said_at, as_of, received_at, flags, fingerprint, details)
values (:device, :source_id, :name, :severity, :message, :said_at, :as_of, :received_at, :flags, :fingerprint, :details)
