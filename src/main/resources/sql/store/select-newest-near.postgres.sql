-- The newest moment of a source within ten seconds from another one, which it has: one row.
-- :source_id
-- :at  the other moment
select max(ms(measured_at))
from reading
where source_id = :source_id
  and measured_at >= at_ms(:at) and measured_at <= at_ms(:at + 10000)
