-- A claim code that nobody used is worth nothing any more.
delete from claim_code
where id = :id and used_at is null
