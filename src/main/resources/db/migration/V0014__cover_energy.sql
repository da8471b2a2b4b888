-- For how much of a span its energy is known, and energy that is cut at full hours: what flows from 9:59:30 to 10:00:30 belongs to both.
-- How it is reckoned: docs/explanation/energy.md. In sums of before, covered_ms is null; those whose readings are still there are made again.
alter table roll_up_5_minutes add column covered_ms integer;
alter table roll_up_hour add column covered_ms integer;
alter table roll_up_day add column covered_ms integer;

insert into unrolled (span, source_id, bucket)
select 0, source_id, hour
from rolled
where kept_from is not null
  and exists (select 1 from series where series.source_id = rolled.source_id and series.metric like '%\_w' escape '\')
on conflict do nothing;

-- The hour of work, the one before it and the one after it, for energy across its ends.
insert into hour_before (n) values (1);

-- The numbers of the hours in `rolling`. Each stands for the time since the one before it, as far as that is in the hour (head), and the last
-- of the hour for the time until the hour's end too (tail), if there is one after it. Of the hours before and after only `look_back` minutes
-- are looked at, of metrics that have energy.
drop view rolling_number;
create view rolling_number as
select numbers.*,
       head_ms * (value + (value_before - value) / (2.0 * head_gap_ms) * head_ms) / 3600000.0 as head_wh,
       tail_ms * (value + (value_after - value) / (2.0 * tail_gap_ms) * tail_ms) / 3600000.0 as tail_wh
from (
    select near.*,
           measured_at - measured_before as head_gap_ms,
           min(measured_at - measured_before, measured_at - 3600000 * hour) as head_ms,
           measured_after - measured_at as tail_gap_ms,
           case when measured_after >= 3600000 * hour + 3600000 then 3600000 * hour + 3600000 - measured_at else 0 end as tail_ms
    from (
        select rolling.bucket as hour,
               rolling.gone,
               series.id as series_id,
               r.measured_at,
               metric.name like '%\_w' escape '\' as is_power,
               json_extract(r."values", metric.path) as value,
               lag(json_extract(r."values", metric.path)) over in_order as value_before,
               lag(r.measured_at) over in_order as measured_before,
               lead(json_extract(r."values", metric.path)) over in_order as value_after,
               lead(r.measured_at) over in_order as measured_after
        from rolling
        cross join hour_before
        cross join minute_in_hour m
        cross join reading r
        cross join metric
        cross join series
        where r.minute = 60 * (rolling.bucket + hour_before.n) + m.n
          and r.source_id = rolling.source_id
          and metric.shape_id = r.shape_id
          and (hour_before.n = 0
               or (metric.name like '%\_w' escape '\'
                   and (case when hour_before.n < 0 then m.n >= 60 - rolling.look_back else m.n < rolling.look_back end)))
          and series.source_id = r.source_id
          and series.metric = metric.name
          and json_type(r."values", metric.path) in ('integer', 'real')
        window in_order as (partition by rolling.bucket, series.id order by r.measured_at)
    ) as near
    where measured_at / 3600000 = hour
) as numbers;
