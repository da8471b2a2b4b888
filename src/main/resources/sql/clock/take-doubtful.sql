-- Takes up some readings that were received while the hub's clock was wrong, with what they should say. They are in hours that are not
-- rolled up, since nothing is while the clock is wrong. A reading without a device's time moves with the time of receipt, to the next
-- free millisecond; one with it stays where it is.
-- :unsure_bit, :no_time_bit, :future_bit, :late_bit  bits of reading.Flag
-- :wrong_from, :wrong_to  when the clock was wrong, by itself
-- :shift                  what has to be added
-- :limit                  how many readings
insert into doubtful (minute, source_id, measured_at, new_measured_at, new_received_at, new_flags, shape_id, "values")
select r.minute, r.source_id, r.measured_at,
       case when r.flags & :no_time_bit <> 0
            then r.measured_at + :shift + (
                select min(free.n)
                from minute_in_hour free
                where not exists (
                    select 1
                    from reading there
                    where there.minute = (r.measured_at + :shift + free.n) / 60000
                      and there.source_id = r.source_id
                      and there.measured_at = r.measured_at + :shift + free.n
                ))
            else r.measured_at end,
       r.received_at + :shift,
       case when r.flags & :no_time_bit <> 0 then r.flags & ~:unsure_bit
            else (r.flags & ~(:unsure_bit | :future_bit | :late_bit))
                 | (case when r.measured_at - r.received_at - :shift > 300000 then :future_bit else 0 end)
                 | (case when r.received_at + :shift - r.measured_at > 3600000 then :late_bit else 0 end) end,
       r.shape_id, r."values"
from unrolled u
cross join minute_in_hour m
cross join reading r
where u.span = 0
  and r.minute = 60 * u.bucket + m.n
  and r.source_id = u.source_id
  and r.flags & :unsure_bit <> 0
  and r.received_at between :wrong_from and :wrong_to
limit :limit
