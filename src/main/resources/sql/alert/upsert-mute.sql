-- Says until when something is not told.
insert into alert_mute (name, device, until, muted_by)
values (:name, :device, :until, :muted_by)
on conflict (name, device) do update set until = excluded.until, muted_by = excluded.muted_by
