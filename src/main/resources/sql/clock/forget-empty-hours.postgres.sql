-- Forgets the hours that the readings were taken out of, where no other is left.
delete from source_hour
where (source_id, hour) in (select source_id, measured_at / 3600000 from doubtful)
  and not exists (
      select 1
      from reading r
      where r.source_id = source_hour.source_id
        and r.measured_at >= at_ms(3600000 * source_hour.hour)
        and r.measured_at < at_ms(3600000 * source_hour.hour + 3600000)
  )
