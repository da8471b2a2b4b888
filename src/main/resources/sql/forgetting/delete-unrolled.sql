-- The last of a voice.
-- :source_id
delete from unrolled
where source_id = :source_id
