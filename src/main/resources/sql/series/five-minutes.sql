-- The 5 minutes of one metric of a device that are in the roll-ups; an hour with newer readings is not told, unless its raw readings were
-- let go: then the newer ones are added to it.
-- :device, :metric
-- :first, :last  5 minutes since 1970; both included
-- row: starts_at (ms), count, min, max, sum, last, last_at, energy_wh, covered_ms, sensor (of the voice)
select u.bucket * 300000 as starts_at, u.count, u.min, u.max, u.sum, u.last, u.last_at, u.energy_wh,
       coalesce(u.covered_ms, case when u.energy_wh is not null then 300000 end) as covered_ms, s.sensor
from source s
cross join series
cross join rolled h
cross join minute_in_hour five
cross join roll_up_5_minutes u
where s.device = :device
  and series.source_id = s.id
  and series.metric = :metric
  and h.source_id = s.id
  and h.hour between :first / 12 and :last / 12
  and five.n < 12
  and u.bucket = 12 * h.hour + five.n
  and u.bucket between :first and :last
  and u.series_id = series.id
  and (h.kept_from is null
       or not exists (select 1 from unrolled x where x.span = 0 and x.source_id = s.id and x.bucket = h.hour))
