-- How many readings an export has.
select count(*) from reading
