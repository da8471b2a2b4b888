-- Takes out what the database elsewhere has; some at a time, since a day's worth at once would hold up the next message.
-- :drained  the number of the last outcome that it has
-- :limit    the most rows
delete from delivery
where position in (select position from delivery where position <= :drained order by position limit :limit)
