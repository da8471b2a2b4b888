-- Notes that a value crossed its limit and was told.
-- :flow, :watched, :device, :crossed_at (UTC milliseconds)
insert into crossing (flow, watched, device, crossed_at)
values (:flow, :watched, :device, :crossed_at)
on conflict (flow, watched, device) do update set
    crossed_at = excluded.crossed_at
