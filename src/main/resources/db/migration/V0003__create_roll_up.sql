-- Readings summed up in 5 minutes, hours and days, so that a year is drawn from 8,760 rows; and what the upkeep remembers.
-- Times are UTC milliseconds since 1970, buckets are whole multiples of their span since then. How it works: docs/explanation/storage.md.

-- One metric of one voice of a device.
create table series (
    id        integer primary key,
    source_id integer not null references source (id),
    metric    text    not null,
    unique (source_id, metric)
) strict;

-- Which metrics a reading has, without looking through those of all shapes.
create index metric_shape on metric (shape_id);

-- Five minutes (measured_at / 300000), in order of time like the readings: what is summed up together is written together.
-- energy_wh only for metrics called `*_w`; null where there were not two readings near enough to each other.
create table roll_up_5_minutes (
    bucket    integer not null,
    series_id integer not null references series (id),
    count     integer not null,
    min       real    not null,
    max       real    not null,
    sum       real    not null,
    last      real    not null,
    last_at   integer not null,
    energy_wh real,
    primary key (bucket, series_id)
) strict, without rowid;

-- Hours (measured_at / 3600000), series by series: a year of one metric lies in one piece.
create table roll_up_hour (
    series_id integer not null references series (id),
    bucket    integer not null,
    count     integer not null,
    min       real    not null,
    max       real    not null,
    sum       real    not null,
    last      real    not null,
    last_at   integer not null,
    energy_wh real,
    primary key (series_id, bucket)
) strict, without rowid;

-- UTC days (measured_at / 86400000), series by series.
create table roll_up_day (
    series_id integer not null references series (id),
    bucket    integer not null,
    count     integer not null,
    min       real    not null,
    max       real    not null,
    sum       real    not null,
    last      real    not null,
    last_at   integer not null,
    energy_wh real,
    primary key (series_id, bucket)
) strict, without rowid;

-- What is not in the roll-ups yet, noted in the transaction that stores a reading: span 0 = an hour of readings not in 5 minutes,
-- 1 = an hour not in hours, 2 = a day not in days. Whoever asks takes these from the finer table.
create table unrolled (
    span      integer not null,
    source_id integer not null references source (id),
    bucket    integer not null,
    primary key (span, source_id, bucket)
) strict, without rowid;
insert into unrolled (span, source_id, bucket)
select 0, source_id, hour from source_hour;

-- Which hours are in the roll-ups. kept_from is the later of the hour and the hour of its newest receipt: its raw readings are kept
-- so many days from then; null once they were let go.
create table rolled (
    source_id integer not null references source (id),
    hour      integer not null,
    kept_from integer,
    primary key (source_id, hour)
) strict, without rowid;
create index rolled_kept_from on rolled (kept_from, source_id, hour) where kept_from is not null;

-- The work table of one step of upkeep, empty after it. gone = 1: the raw readings of the hour were let go, only late ones are there.
create table rolling (
    source_id integer not null,
    bucket    integer not null,
    gone      integer not null,
    look_back integer not null,
    primary key (source_id, bucket)
) strict, without rowid;

-- The hour of work, and the one before it, for the first segment of energy.
create table hour_before (
    n integer primary key
) strict;
insert into hour_before (n) values (-1), (0);

-- The numbers of the hours in `rolling`, each with the one before and after it; of the hour before only the last `look_back` minutes, of
-- metrics that have energy.
create view rolling_number as
select rolling.bucket as hour,
       rolling.gone,
       series.id as series_id,
       r.measured_at,
       metric.name like '%\_w' escape '\' as is_power,
       json_extract(r."values", metric.path) as value,
       lag(json_extract(r."values", metric.path)) over in_order as value_before,
       lag(r.measured_at) over in_order as measured_before,
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
  and (hour_before.n = 0 or (m.n >= 60 - rolling.look_back and metric.name like '%\_w' escape '\'))
  and series.source_id = r.source_id
  and series.metric = metric.name
  and json_type(r."values", metric.path) in ('integer', 'real')
window in_order as (partition by rolling.bucket, series.id order by r.measured_at);

-- The work table of putting a wrong clock right, empty after it: readings, and what they should say.
create table doubtful (
    minute          integer not null,
    source_id       integer not null,
    measured_at     integer not null,
    new_measured_at integer not null,
    new_received_at integer not null,
    new_flags       integer not null,
    shape_id        integer not null,
    "values"        text    not null,
    primary key (minute, source_id, measured_at)
) strict, without rowid;

-- How much room was used at the end of a day (ms / 86400000), for the forecast.
create table storage_day (
    day        integer not null primary key,
    used_bytes integer not null
) strict, without rowid;

-- When a scheduled flow ran last: what was missed while the hub was off is known from it.
create table schedule (
    job             text    not null primary key,
    last_planned_at integer not null,
    last_run_at     integer not null,
    outcome         text    not null
) strict, without rowid;

-- The newest time that the hub believed: one row. A clock that shows less at the next start is wrong.
create table known_time (
    id integer not null primary key check (id = 1),
    at integer not null
) strict, without rowid;
