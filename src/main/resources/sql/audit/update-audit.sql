-- An entry says how far it has got.
-- :id
-- :details
update audit
set details = :details
where id = :id
