-- Adds to a device's counts; the device exists from its first message on. A message that could not be read tells no family.
insert into device (id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined)
values (:id, :family, at_ms(:seen_at), at_ms(:seen_at), :received, :stored, :duplicate, :quarantined)
on conflict (id) do update set
    family       = case when excluded.family = '' then device.family else excluded.family end,
    last_seen_at = greatest(device.last_seen_at, excluded.last_seen_at),
    received     = device.received + excluded.received,
    stored       = device.stored + excluded.stored,
    duplicate    = device.duplicate + excluded.duplicate,
    quarantined  = device.quarantined + excluded.quarantined
