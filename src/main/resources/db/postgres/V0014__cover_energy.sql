-- For how much of a span its energy is known, and energy that is cut at full hours: db/migration/V0014 in PostgreSQL's words.
alter table roll_up_5_minutes add column covered_ms bigint;
alter table roll_up_hour add column covered_ms bigint;
alter table roll_up_day add column covered_ms bigint;

insert into unrolled (span, source_id, bucket)
select 0, source_id, hour
from rolled
where kept_from is not null
  and exists (select 1 from series where series.source_id = rolled.source_id and series.metric like '%\_w')
on conflict do nothing;

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
           least(measured_at - measured_before, measured_at - 3600000 * hour) as head_ms,
           measured_after - measured_at as tail_gap_ms,
           case when measured_after >= 3600000 * hour + 3600000 then 3600000 * hour + 3600000 - measured_at else 0 end as tail_ms
    from (
        select rolling.bucket as hour,
               rolling.gone,
               series.id as series_id,
               r.at as measured_at,
               series.metric like '%\_w' as is_power,
               r.value,
               lag(r.value) over in_order as value_before,
               lag(r.at) over in_order as measured_before,
               lead(r.value) over in_order as value_after,
               lead(r.at) over in_order as measured_after
        from rolling
        cross join lateral (
            select ms(reading.measured_at) as at, metric.key as metric, real_number(metric.value) as value
            from reading
            cross join lateral jsonb_each(reading.metrics) as metric
            where reading.source_id = rolling.source_id
              and reading.measured_at >= at_ms(3600000 * rolling.bucket - 60000 * rolling.look_back)
              and reading.measured_at < at_ms(3600000 * rolling.bucket + 3600000 + 60000 * rolling.look_back)
              and ((reading.measured_at >= at_ms(3600000 * rolling.bucket)
                    and reading.measured_at < at_ms(3600000 * rolling.bucket + 3600000))
                   or metric.key like '%\_w')
            offset 0
        ) as r
        join series on series.source_id = rolling.source_id and series.metric = r.metric
        where r.value is not null
        window in_order as (partition by rolling.bucket, series.id order by r.at)
    ) as near
    where measured_at / 3600000 = hour
) as numbers;
