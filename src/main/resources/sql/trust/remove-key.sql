-- Trusts a key no more.
-- :removed_at  UTC milliseconds since 1970
update trusted_key
set removed_at = :removed_at
where name = :name
  and removed_at is null
