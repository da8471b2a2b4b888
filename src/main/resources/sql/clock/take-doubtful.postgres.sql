-- Takes up some readings that were received while the hub's clock was wrong, with what they should say. They are in hours that are not
-- rolled up, since nothing is while the clock is wrong. A reading without a device's time moves with the time of receipt, to the next
-- free millisecond; one with it stays where it is.
-- :unsure_bit, :no_time_bit, :future_bit, :late_bit  bits of reading.Flag
-- :wrong_from, :wrong_to  when the clock was wrong, by itself
-- :shift                  what has to be added
-- :limit                  how many readings
insert into doubtful (source_id, measured_at, new_measured_at, new_received_at, new_flags, metrics)
select r.source_id, r.at,
       case when r.flags & :no_time_bit <> 0
            then r.at + :shift + (
                select min(free.n)
                from minute_in_hour free
                where not exists (
                    select 1
                    from reading there
                    where there.source_id = r.source_id
                      and there.measured_at = at_ms(r.at + :shift + free.n)
                ))
            else r.at end,
       r.received + :shift,
       case when r.flags & :no_time_bit <> 0 then r.flags & ~cast(:unsure_bit as integer)
            else (r.flags & ~(cast(:unsure_bit as integer) | cast(:future_bit as integer) | cast(:late_bit as integer)))
                 | (case when r.at - r.received - :shift > 300000 then :future_bit else 0 end)
                 | (case when r.received + :shift - r.at > 3600000 then :late_bit else 0 end) end,
       r.metrics
from unrolled u
cross join lateral (
    select reading.*, ms(measured_at) as at, ms(received_at) as received
    from reading
    where source_id = u.source_id
      and measured_at >= at_ms(3600000 * u.bucket)
      and measured_at < at_ms(3600000 * u.bucket + 3600000)
      and flags & :unsure_bit <> 0
      and received_at between at_ms(:wrong_from) and at_ms(:wrong_to)
    offset 0
) as r
where u.span = 0
limit :limit
