-- The UTC days of one metric of a device that are in the roll-ups; a day with newer readings is not told.
-- :device, :metric
-- :first, :last  days since 1970; both included
-- row: starts_at (ms), count, min, max, sum, last, last_at, energy_wh, covered_ms, sensor (of the voice)
select u.bucket * 86400000 as starts_at, u.count, u.min, u.max, u.sum, u.last, u.last_at, u.energy_wh,
       coalesce(u.covered_ms, case when u.energy_wh is not null then 86400000 end) as covered_ms, s.sensor
from source s
cross join series
cross join roll_up_day u
where s.device = :device
  and series.source_id = s.id
  and series.metric = :metric
  and u.series_id = series.id
  and u.bucket between :first and :last
  and not exists (select 1 from unrolled x where x.span = 2 and x.source_id = s.id and x.bucket = u.bucket)
  and not exists (select 1 from unrolled x where x.span in (0, 1) and x.source_id = s.id
                  and x.bucket between 24 * u.bucket and 24 * u.bucket + 23)
