-- The last of a voice.
-- :source_id
delete from series
where source_id = :source_id
