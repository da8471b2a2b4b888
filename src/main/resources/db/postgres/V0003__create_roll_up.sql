-- Readings summed up in 5 minutes, hours and days, and what the upkeep remembers: db/migration/V0003 in PostgreSQL's words.
-- Times here are UTC milliseconds since 1970, buckets are whole multiples of their span since then.

-- A number out of metrics; null for what is none. Larger ones than a sum can hold are left out, smaller ones are 0: both would be errors,
-- and one sender could stop the summing up for all.
create function real_number(value jsonb) returns double precision language sql immutable parallel safe
    return case
        when jsonb_typeof(value) <> 'number' then null
        when abs(value::numeric) > 1e300 then null
        when abs(value::numeric) < 1e-300 then 0
        else value::numeric::double precision
    end;

-- In which hours a source has readings.
create table source_hour (
    source_id bigint not null references source (id),
    hour      bigint not null,
    primary key (source_id, hour)
);
insert into source_hour (source_id, hour)
select distinct source_id, ms(measured_at) / 3600000 from reading;

create table minute_in_hour (
    n integer primary key
);
insert into minute_in_hour (n)
select n from generate_series(0, 59) as n;

-- One metric of one voice of a device.
create table series (
    id        bigint generated always as identity primary key,
    source_id bigint not null references source (id),
    metric    text   collate "C" not null,
    unique (source_id, metric)
);

-- Five minutes (measured_at / 300000), in order of time like the readings: what is summed up together is written together.
-- energy_wh only for metrics called `*_w`; null where there were not two readings near enough to each other.
create table roll_up_5_minutes (
    bucket    bigint           not null,
    series_id bigint           not null,
    count     bigint           not null,
    min       double precision not null,
    max       double precision not null,
    sum       double precision not null,
    last      double precision not null,
    last_at   bigint           not null,
    energy_wh double precision,
    primary key (bucket, series_id)
);

-- Hours (measured_at / 3600000), series by series.
create table roll_up_hour (
    series_id bigint           not null,
    bucket    bigint           not null,
    count     bigint           not null,
    min       double precision not null,
    max       double precision not null,
    sum       double precision not null,
    last      double precision not null,
    last_at   bigint           not null,
    energy_wh double precision,
    primary key (series_id, bucket)
);

-- UTC days (measured_at / 86400000), series by series.
create table roll_up_day (
    series_id bigint           not null,
    bucket    bigint           not null,
    count     bigint           not null,
    min       double precision not null,
    max       double precision not null,
    sum       double precision not null,
    last      double precision not null,
    last_at   bigint           not null,
    energy_wh double precision,
    primary key (series_id, bucket)
);

-- What is not in the roll-ups yet, noted in the transaction that stores a reading: span 0 = an hour of readings not in 5 minutes,
-- 1 = an hour not in hours, 2 = a day not in days. Whoever asks takes these from the finer table.
create table unrolled (
    span      integer not null,
    source_id bigint  not null,
    bucket    bigint  not null,
    primary key (span, source_id, bucket)
);
insert into unrolled (span, source_id, bucket)
select 0, source_id, hour from source_hour;

-- Which hours are in the roll-ups. kept_from is the later of the hour and the hour of its newest receipt: its raw readings are kept
-- so many days from then; null once they were let go.
create table rolled (
    source_id bigint not null,
    hour      bigint not null,
    kept_from bigint,
    primary key (source_id, hour)
);
create index rolled_kept_from on rolled (kept_from, source_id, hour) where kept_from is not null;

-- The work table of one step of upkeep, empty after it. gone = 1: the raw readings of the hour were let go, only late ones are there.
create table rolling (
    source_id bigint  not null,
    bucket    bigint  not null,
    gone      integer not null,
    look_back integer not null,
    primary key (source_id, bucket)
);

-- The numbers of the hours in `rolling`, each with the one before and after it; of the hour before only the last `look_back` minutes, of
-- metrics that have energy.
create view rolling_number as
select rolling.bucket as hour,
       rolling.gone,
       series.id as series_id,
       r.at as measured_at,
       series.metric like '%\_w' as is_power,
       r.value,
       lag(r.value) over in_order as value_before,
       lag(r.at) over in_order as measured_before,
       lead(r.at) over in_order as measured_after
from rolling
cross join lateral (
    select ms(reading.measured_at) as at, metric.key as metric, real_number(metric.value) as value
    from reading
    cross join lateral jsonb_each(reading.metrics) as metric
    where reading.source_id = rolling.source_id
      and reading.measured_at >= at_ms(3600000 * rolling.bucket - 60000 * rolling.look_back)
      and reading.measured_at < at_ms(3600000 * rolling.bucket + 3600000)
      and (reading.measured_at >= at_ms(3600000 * rolling.bucket) or metric.key like '%\_w')
    offset 0
) as r
join series on series.source_id = rolling.source_id and series.metric = r.metric
where r.value is not null
window in_order as (partition by rolling.bucket, series.id order by r.at);

-- The work table of putting a wrong clock right, empty after it: readings, and what they should say.
create table doubtful (
    source_id       bigint  not null,
    measured_at     bigint  not null,
    new_measured_at bigint  not null,
    new_received_at bigint  not null,
    new_flags       integer not null,
    metrics         jsonb   not null,
    primary key (source_id, measured_at)
);

-- How much room was used at the end of a day (ms / 86400000), for the forecast.
create table storage_day (
    day        bigint not null primary key,
    used_bytes bigint not null
);

-- When a scheduled flow ran last: what was missed while the hub was off is known from it.
create table schedule (
    job             text   collate "C" not null primary key,
    last_planned_at bigint not null,
    last_run_at     bigint not null,
    outcome         text   not null
);

-- The newest time that the hub believed: one row. A clock that shows less at the next start is wrong.
create table known_time (
    id integer not null primary key check (id = 1),
    at bigint  not null
);

-- How much room rows take that are there. A table here never shrinks: what is deleted leaves room for what comes. So the rows that
-- PostgreSQL counts are multiplied by the width that it knows from samples, and by what indexes add. A table that it took no samples of
-- yet counts as large as it is. Counts are handed in at the end of this transaction, so that the next one sees what this one deletes.
create function used_bytes() returns bigint language sql volatile as $$
    select pg_stat_force_next_flush();
    select coalesce(sum(least(
               whole,
               live * (28.0 + width) * whole / nullif(heap, 0))), 0)::bigint
    from (
        select pg_total_relation_size(c.oid) as whole,
               pg_relation_size(c.oid) as heap,
               pg_stat_get_live_tuples(c.oid) as live,
               (select sum(s.avg_width) from pg_stats s where s.schemaname = n.nspname and s.tablename = c.relname) as width
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = current_schema()
    ) as tables;
$$;
