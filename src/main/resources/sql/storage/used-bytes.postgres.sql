-- How much room is used: rows that are there, not the size of the tables, which never shrink.
-- row: used_bytes
select used_bytes() as used_bytes
