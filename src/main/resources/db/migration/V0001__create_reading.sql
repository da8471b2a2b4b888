-- What devices measure, whose it is, what could not be understood, and the count of it all.
-- Times are UTC milliseconds since 1970. The layout of `reading` was measured: docs/decisions/0002-row-layout.md.

-- A device exists here from its first message on.
create table device (
    id            text    not null primary key,
    family        text    not null,
    first_seen_at integer not null,
    last_seen_at  integer not null,
    received      integer not null default 0 check (received = stored + duplicate + quarantined),
    stored        integer not null default 0,
    duplicate     integer not null default 0,
    quarantined   integer not null default 0
) strict, without rowid;

-- One voice of a device: with the moment of measuring, the unique key of a reading. What a family does not have is ''.
create table source (
    id       integer primary key,
    device   text not null references device (id) deferrable initially deferred,
    family   text not null,
    site     text not null,
    system   text not null,
    sensor   text not null,
    location text not null,
    mac      text not null,
    unique (device, family, site, system, sensor, location, mac)
) strict;

-- The names of metrics that come together, once for all readings that have them. Shape 0 is for readings that are not worth a
-- shape of their own: their "values" is an object with the names in it.
create table shape (
    id    integer primary key,
    names text    not null unique
) strict;
insert into shape (id, names) values (0, '{}');

-- Where in the "values" of a shape a metric is, as a JSON path.
create table metric (
    name     text    not null,
    shape_id integer not null references shape (id),
    path     text    not null,
    primary key (name, shape_id)
) strict, without rowid;

-- One row a reading; "values" is a JSON array, in the order of the shape's names, each as the device wrote it; flags are bits of
-- reading.Flag. The minute (measured_at / 60000) comes first in the key so that what arrives together is written together.
create table reading (
    minute      integer not null,
    source_id   integer not null references source (id),
    measured_at integer not null,
    received_at integer not null,
    flags       integer not null,
    shape_id    integer not null references shape (id),
    "values"    text    not null,
    primary key (minute, source_id, measured_at)
) strict, without rowid;

-- In which hours (measured_at / 3600000) a source has readings: how the readings of one source are found in a table that is in
-- order of time. A question goes through the hours here, and through the sixty minutes of each.
create table source_hour (
    source_id integer not null references source (id),
    hour      integer not null,
    primary key (source_id, hour)
) strict, without rowid;

create table minute_in_hour (
    n integer primary key
) strict;
insert into minute_in_hour (n)
with recursive minutes (n) as (select 0 union all select n + 1 from minutes where n < 59)
select n from minutes;

-- For people: one row a value. Ask for a device and a span of minutes, or it reads everything.
create view measurement as
select source.device,
       strftime('%Y-%m-%dT%H:%M:%fZ', reading.measured_at / 1000.0, 'unixepoch') as time,
       metric.name                                                               as metric,
       json_extract(reading."values", metric.path)                               as value,
       reading.minute
from reading
join source on source.id = reading.source_id
join metric on metric.shape_id = reading.shape_id;

-- What no reading could be made of, with its bytes; bounded in rows and bytes, the oldest go first.
create table quarantine (
    id          integer primary key autoincrement,
    received_at integer not null,
    topic       text    not null,
    payload     blob    not null,
    size        integer not null,
    device      text    not null,
    cause       text    not null,
    reason      text    not null,
    flow        text    not null,
    step        text    not null
) strict;

-- received = stored + duplicate + quarantined, for each flow, since the database was made; changed in the transaction that stores.
create table ledger (
    flow        text    not null primary key,
    received    integer not null check (received = stored + duplicate + quarantined),
    stored      integer not null,
    duplicate   integer not null,
    quarantined integer not null
) strict, without rowid;
