-- Forgets a crossing: the value is back.
-- :flow, :watched, :device
delete from crossing
where flow = :flow
  and watched = :watched
  and device = :device
