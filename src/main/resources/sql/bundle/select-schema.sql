-- Which version of the tables this is.
-- row: version
select max(cast(version as integer)) as version from flyway_schema_history
