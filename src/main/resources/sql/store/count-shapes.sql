-- How many shapes there are: one row (shapes).
select count(*) as shapes
from shape
