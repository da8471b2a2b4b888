-- Lets the oldest message go: one row (bytes), or none if quarantine is empty.
delete from quarantine
where id = (select min(id) from quarantine)
returning length(payload) as bytes
