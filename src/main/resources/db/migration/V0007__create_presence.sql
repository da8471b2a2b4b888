-- Whether a device is there, as the hub judged it last; so that a restart tells nothing twice. Times are UTC milliseconds since 1970.
-- reason: why, "heard", "last will", "missed 3 of 60 s", "gateway gw-01".
create table presence (
    device   text    not null primary key,
    state    text    not null,
    reason   text    not null,
    since    integer not null,
    heard_at integer not null
) strict, without rowid;

-- How that changed; of each device a bounded number is kept.
create table presence_change (
    id     integer primary key,
    device text    not null,
    state  text    not null,
    reason text    not null,
    at     integer not null
) strict;

create index presence_change_of_device on presence_change (device, id);
