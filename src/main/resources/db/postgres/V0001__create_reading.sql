-- What devices measure, whose it is, what could not be understood, and the count of it all: db/migration in PostgreSQL's words.
-- A reading is a row with its metrics as jsonb, for people and dashboards that ask with SQL of their own.

-- The hub counts time in UTC milliseconds since 1970.
create function at_ms(ms bigint) returns timestamptz language sql immutable parallel safe
    return to_timestamp(ms::double precision / 1000);
create function ms(at timestamptz) returns bigint language sql stable parallel safe
    return (extract(epoch from at) * 1000)::bigint;

-- A device exists here from its first message on.
create table device (
    id            text        collate "C" primary key,
    family        text        not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    received      bigint      not null default 0,
    stored        bigint      not null default 0,
    duplicate     bigint      not null default 0,
    quarantined   bigint      not null default 0,
    check (received = stored + duplicate + quarantined)
);

-- One voice of a device: with the moment of measuring, the unique key of a reading. What a family does not have is ''.
create table source (
    id       bigint generated always as identity primary key,
    device   text   collate "C" not null references device (id) deferrable initially deferred,
    family   text   not null,
    site     text   not null,
    system   text   not null,
    sensor   text   not null,
    location text   not null,
    mac      text   not null,
    unique (device, family, site, system, sensor, location, mac)
);

-- One row a reading; flags are bits of reading.Flag. A source is never deleted, so source_id is not looked up again for each row.
create table reading (
    source_id   bigint      not null,
    measured_at timestamptz not null,
    received_at timestamptz not null,
    flags       integer     not null,
    metrics     jsonb       not null,
    primary key (source_id, measured_at)
);

-- For pages over all devices in order of time.
create index reading_in_time on reading (measured_at, source_id);

-- What no reading could be made of, with its bytes; bounded in rows and bytes, the oldest go first.
create table quarantine (
    id          bigint generated always as identity primary key,
    received_at timestamptz not null,
    topic       text        not null,
    payload     bytea       not null,
    size        integer     not null,
    device      text        not null,
    cause       text        not null,
    reason      text        not null,
    flow        text        not null,
    step        text        not null
);

-- received = stored + duplicate + quarantined, for each flow, since the database was made; changed in the transaction that stores.
create table ledger (
    flow        text   collate "C" primary key,
    received    bigint not null,
    stored      bigint not null,
    duplicate   bigint not null,
    quarantined bigint not null,
    check (received = stored + duplicate + quarantined)
);

-- How far each run of a hub has brought its spool here, changed in the transaction that stores: what is at or below the position
-- is here already, whatever became of the answer.
create table spool_position (
    run        text        primary key,
    position   bigint      not null,
    changed_at timestamptz not null default now()
);

-- The table of paku-iot, as its dashboards read it. Ask for a device and a span of time: the key of reading answers.
create view measurements as
select reading.source_id * 4398046511104 + ms(reading.measured_at) as id,
       source.site                                                 as site_id,
       source.system,
       source.device                                               as device_id,
       nullif(source.location, '')                                 as location,
       nullif(source.mac, '')                                      as mac,
       reading.measured_at                                         as ts,
       reading.metrics,
       reading.received_at                                         as created_at
from reading
join source on source.id = reading.source_id;
