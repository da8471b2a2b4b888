-- Late readings that were added to the roll-ups go, in the same transaction, so that none is added twice.
delete from reading
using rolling
where rolling.gone = 1
  and reading.source_id = rolling.source_id
  and reading.measured_at >= at_ms(3600000 * rolling.bucket)
  and reading.measured_at < at_ms(3600000 * rolling.bucket + 3600000)
