-- Keeps a status, unless it is there already.
insert into status (device, source_id, state, activity, uptime_s, rssi_dbm, firmware, model,
                    said_at, as_of, received_at, flags, fingerprint, details)
values (:device, :source_id, :state, :activity, :uptime_s, :rssi_dbm, :firmware, :model,
        :said_at, :as_of, :received_at, :flags, :fingerprint, :details)
on conflict do nothing
