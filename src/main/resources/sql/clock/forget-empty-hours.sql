-- Forgets the hours that the readings were taken out of, where no other is left.
delete from source_hour
where (source_id, hour) in (select source_id, minute / 60 from doubtful)
  and not exists (
      select 1
      from minute_in_hour m
      cross join reading r
      where r.minute = 60 * source_hour.hour + m.n and r.source_id = source_hour.source_id
  )
