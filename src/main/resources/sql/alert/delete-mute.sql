-- It is told again.
delete from alert_mute
where name = :name
  and device = :device
