-- Gives back how a device was, unless something newer is there.
insert into presence (device, state, reason, since, heard_at)
values (:device, :state, :reason, :since, :heard_at)
on conflict (device) do update set
    state = excluded.state,
    reason = excluded.reason,
    since = excluded.since,
    heard_at = excluded.heard_at
where excluded.heard_at > presence.heard_at
