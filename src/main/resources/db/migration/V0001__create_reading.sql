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

-- One row a reading; metrics is a JSON object, metric name to value, as the device wrote it; flags are bits of reading.Flag.
create table reading (
    source_id   integer not null references source (id),
    measured_at integer not null,
    received_at integer not null,
    flags       integer not null,
    metrics     text    not null,
    primary key (source_id, measured_at)
) strict, without rowid;

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
