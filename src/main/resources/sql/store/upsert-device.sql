-- Adds to a device's counts; the device exists from its first message on. A message that could not be read tells no family.
insert into device (id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined)
values (:id, :family, :seen_at, :seen_at, :received, :stored, :duplicate, :quarantined)
on conflict (id) do update set
    family       = case when excluded.family = '' then family else excluded.family end,
    last_seen_at = max(last_seen_at, excluded.last_seen_at),
    received     = received + excluded.received,
    stored       = stored + excluded.stored,
    duplicate    = duplicate + excluded.duplicate,
    quarantined  = quarantined + excluded.quarantined
