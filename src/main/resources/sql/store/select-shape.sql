-- The number of a shape: no row, or one (id).
select id
from shape
where names = cast(:names as text)
