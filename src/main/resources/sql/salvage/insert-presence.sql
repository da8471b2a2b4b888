-- Gives back how a device was, unless something newer is there.
insert into presence (device, state, cause, reason, since, heard_at, interval_ms)
values (:device, :state, :cause, :reason, :since, :heard_at, :interval_ms)
on conflict (device) do update set
    state       = excluded.state,
    cause       = excluded.cause,
    reason      = excluded.reason,
    since       = excluded.since,
    heard_at    = excluded.heard_at,
    interval_ms = excluded.interval_ms
where excluded.heard_at > presence.heard_at
