-- The lowest and highest of each metric of each device, out of the sums of five minutes.
-- :from  the first five minutes (ms / 300000)
-- row: device, metric, lowest, highest
select source.device, series.metric, min(r.min) as lowest, max(r.max) as highest
from roll_up_5_minutes as r
join series on series.id = r.series_id
join source on source.id = series.source_id
where r.bucket >= :from
group by source.device, series.metric
order by source.device, series.metric
