-- A voice has no readings in this hour any more.
-- :source_id
-- :hour
delete from source_hour
where source_id = :source_id
  and hour = :hour
