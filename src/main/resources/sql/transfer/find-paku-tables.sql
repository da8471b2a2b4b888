-- Which columns of paku's tables there are, in the schema that the connection looks into first.
-- row: table_name, column_name
select table_name, column_name
from information_schema.columns
where table_schema = any (current_schemas(false)) and table_name in ('measurements', 'ecoflow_measurements')
