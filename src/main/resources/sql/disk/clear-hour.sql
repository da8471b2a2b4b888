-- Forgets that sources had readings in an hour.
-- :hour  hours since 1970
delete from source_hour
where hour = :hour
