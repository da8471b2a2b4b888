-- What devices say beside their readings: what happened, how they are, and how they are configured.
-- Times are UTC milliseconds since 1970. said_at is the device's time, as it gave it; as_of is the time that counts when they are put in
-- order: the device's if it can be believed, else that of receipt. A row of the same source and said_at with the same fingerprint (64 bits of
-- its document) is a repeat. What a family does not tell is '' or null.

create table event (
    id          integer primary key,
    device      text    not null references device (id) deferrable initially deferred,
    source_id   integer not null references source (id),
    name        text    not null,
    severity    text    not null check (severity in ('info', 'warning', 'error', 'critical')),
    message     text    not null,
    said_at     integer not null,
    as_of       integer not null,
    received_at integer not null,
    flags       integer not null,
    fingerprint integer not null,
    details     text    not null,
    unique (source_id, said_at, name, fingerprint)
) strict;

create index event_of_device on event (device, as_of, id);

-- The newest of a device by as_of is how it is; of each device a bounded number is kept.
create table status (
    id          integer primary key,
    device      text    not null references device (id) deferrable initially deferred,
    source_id   integer not null references source (id),
    state       text    not null check (state in ('online', 'offline', 'updating', 'error')),
    activity    text    not null,
    uptime_s    integer,
    rssi_dbm    integer,
    firmware    text    not null,
    model       text    not null,
    said_at     integer not null,
    as_of       integer not null,
    received_at integer not null,
    flags       integer not null,
    fingerprint integer not null,
    details     text    not null,
    unique (source_id, said_at, fingerprint)
) strict;

create index status_of_device on status (device, as_of, id);

-- What a device reports of its configuration, a row for each change; the newest by as_of is what it has. Bounded as statuses are.
create table configuration (
    id          integer primary key,
    device      text    not null references device (id) deferrable initially deferred,
    source_id   integer not null references source (id),
    said_at     integer not null,
    as_of       integer not null,
    received_at integer not null,
    flags       integer not null,
    fingerprint integer not null,
    document    text    not null
) strict;

create index configuration_of_device on configuration (device, as_of, id);
