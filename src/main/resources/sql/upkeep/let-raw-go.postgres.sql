-- Deletes the readings of the taken hours. Their room is used again for what comes, once PostgreSQL has vacuumed.
delete from reading
using rolling
where reading.source_id = rolling.source_id
  and reading.measured_at >= at_ms(3600000 * rolling.bucket)
  and reading.measured_at < at_ms(3600000 * rolling.bucket + 3600000)
