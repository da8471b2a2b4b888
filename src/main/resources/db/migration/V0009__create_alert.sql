-- What the owner should look at. One row from when it began until it was over; there is at most one open of a name and device. Times are UTC
-- milliseconds since 1970. device: '' if it is about none. closes_at: when it is over by itself; null if somebody says when it is over.
create table alert (
    id              integer primary key autoincrement,
    name            text    not null,
    device          text    not null,
    flow            text    not null,
    severity        text    not null check (severity in ('low', 'normal', 'high', 'urgent')),
    state           text    not null check (state in ('open', 'acknowledged', 'resolved')),
    title           text    not null,
    text            text    not null,
    count           integer not null,
    opened_at       integer not null,
    last_at         integer not null,
    told_at         integer,
    closes_at       integer,
    acknowledged_at integer,
    acknowledged_by text    not null,
    resolved_at     integer,
    resolved_why    text    not null
) strict;

create unique index alert_open on alert (name, device) where state <> 'resolved';
create index alert_of_device on alert (device, id);

-- What is not told for a while. name or device '' means any.
create table alert_mute (
    name     text    not null,
    device   text    not null,
    until    integer not null,
    muted_by text    not null,
    primary key (name, device)
) strict, without rowid;

-- What is still to be told to a channel. id: what the other side may know a repeat by. dispatch: JSON.
create table delivery (
    channel  text    not null,
    id       text    not null,
    dispatch text    not null,
    made_at  integer not null,
    primary key (channel, id)
) strict, without rowid;
