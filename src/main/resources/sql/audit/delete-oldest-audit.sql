-- Keeps the newest 10,000 entries.
delete from audit
where id <= (select max(id) from audit) - 10000
