-- The smallest and the largest number in quarantine.
-- row: first, last
select (select coalesce(min(id), 0) from quarantine) as first, (select coalesce(max(id), 0) from quarantine) as last
