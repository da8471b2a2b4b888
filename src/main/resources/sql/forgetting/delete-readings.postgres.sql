-- The readings of a voice in one hour.
-- :source_id
-- :hour
delete from reading
where source_id = :source_id
  and measured_at >= at_ms(3600000 * :hour)
  and measured_at < at_ms(3600000 * :hour + 3600000)
