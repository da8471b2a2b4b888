-- Gives back what is not told for a while.
insert or ignore into alert_mute (name, device, until, muted_by)
values (:name, :device, :until, :muted_by)
