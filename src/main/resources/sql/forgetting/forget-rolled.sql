-- An hour of a voice is not in the roll-ups any more.
-- :source_id
-- :hour
delete from rolled
where source_id = :source_id
  and hour = :hour
