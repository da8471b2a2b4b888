-- The newest moment of a source within ten seconds from another one, which it has: one row.
-- :source_id
-- :at  the other moment
select max(measured_at)
from reading
where source_id = :source_id
  and minute in (:at / 60000, (:at + 10000) / 60000)
  and measured_at between :at and :at + 10000
