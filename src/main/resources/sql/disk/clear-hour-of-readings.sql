-- Lets the readings of some minutes go.
-- :first  minutes since 1970
-- :last   the same
delete from reading
where minute between :first and :last
