-- The hours of one metric of a device that are in the roll-ups, but for those of days that are. An hour with newer readings is not told,
-- unless its raw readings were let go: then the newer ones are added to it.
-- :device, :metric
-- :first, :last          hours since 1970; both included
-- :first_day, :last_day  days since 1970 that days.sql was asked for; both included, none if the first is after the last
-- row: starts_at (ms), count, min, max, sum, last, last_at, energy_wh, covered_ms, sensor (of the voice)
select u.bucket * 3600000 as starts_at, u.count, u.min, u.max, u.sum, u.last, u.last_at, u.energy_wh,
       coalesce(u.covered_ms, case when u.energy_wh is not null then 3600000 end) as covered_ms, s.sensor
from source s
cross join series
cross join roll_up_hour u
where s.device = :device
  and series.source_id = s.id
  and series.metric = :metric
  and u.series_id = series.id
  and u.bucket between :first and :last
  and (not exists (select 1 from unrolled x where x.span in (0, 1) and x.source_id = s.id and x.bucket = u.bucket)
       or exists (select 1 from rolled h where h.source_id = s.id and h.hour = u.bucket and h.kept_from is null))
  and (u.bucket / 24 not between :first_day and :last_day
       or exists (select 1 from unrolled x where x.span = 2 and x.source_id = s.id and x.bucket = u.bucket / 24)
       or exists (select 1 from unrolled x where x.span in (0, 1) and x.source_id = s.id
                  and x.bucket between u.bucket / 24 * 24 and u.bucket / 24 * 24 + 23))
