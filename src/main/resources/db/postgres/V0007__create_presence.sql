-- Whether a device is there, as the hub judged it last; so that a restart tells nothing twice. Times are UTC milliseconds since 1970.
-- reason: why, "heard", "last will", "missed 3 of 60 s", "gateway gw-01".
create table presence (
    device   text collate "C" not null primary key,
    state    text    not null,
    reason   text    not null,
    since    bigint  not null,
    heard_at bigint  not null
);

-- How that changed; of each device a bounded number is kept.
create table presence_change (
    id     bigint  generated always as identity primary key,
    device text collate "C" not null,
    state  text    not null,
    reason text    not null,
    at     bigint  not null
);

create index presence_change_of_device on presence_change (device, id);
