-- The number of a series: no row, or one (id).
select id
from series
where source_id = :source_id and metric = :metric
