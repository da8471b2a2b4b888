-- Gives a device back, with what was counted of it, which is added to what was counted since.
insert into device (id, family, first_seen_at, last_seen_at, received, stored, duplicate, quarantined)
values (:id, :family, :first_seen_at, :last_seen_at, :received, :stored, :duplicate, :quarantined)
on conflict (id) do update set
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at  = max(last_seen_at, excluded.last_seen_at),
    received      = received + excluded.received,
    stored        = stored + excluded.stored,
    duplicate     = duplicate + excluded.duplicate,
    quarantined   = quarantined + excluded.quarantined
