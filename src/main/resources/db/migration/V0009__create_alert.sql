-- What the owner should look at. One row from when it began until it was over; there is at most one open of a name and device. Times are UTC
-- milliseconds since 1970. device: '' if it is about none.
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
    acknowledged_at integer,
    acknowledged_by text    not null,
    resolved_at     integer
) strict;

create unique index alert_open on alert (name, device) where state <> 'resolved';

-- What is not told for a while. name or device '' means any.
create table alert_mute (
    name     text    not null,
    device   text    not null,
    until    integer not null,
    muted_by text    not null,
    primary key (name, device)
) strict, without rowid;

-- What is still to be told to a channel outside of the hub. notice: JSON.
create table delivery (
    id       integer primary key autoincrement,
    channel  text    not null,
    severity integer not null,
    notice   text    not null,
    made_at  integer not null,
    attempts integer not null,
    reason   text    not null
) strict;

create index delivery_next on delivery (channel, severity desc, id);
