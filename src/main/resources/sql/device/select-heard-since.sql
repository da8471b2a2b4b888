-- Which devices said anything since then.
-- :since  UTC milliseconds since 1970
-- row: id
select id
from device
where last_seen_at >= :since
