-- The readings of a voice in one hour.
-- :source_id
-- :hour
delete from reading
where (minute, source_id) in (
    select 60 * :hour + m.n, :source_id
    from minute_in_hour m
)
