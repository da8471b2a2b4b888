-- The devices whose value is beyond the limit that a flow watches.
-- :flow, :watched
-- row: device, crossed_at
select device, crossed_at
from crossing
where flow = :flow
  and watched = :watched
