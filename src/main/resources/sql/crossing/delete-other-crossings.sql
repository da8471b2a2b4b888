-- Forgets what a flow watched before it was given other limits.
-- :flow, :watched
delete from crossing
where flow = :flow
  and watched <> :watched
