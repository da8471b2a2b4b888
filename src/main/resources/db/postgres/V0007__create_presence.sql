-- Whether a device is there, as the hub judged it last; so that a restart tells nothing twice. Times are UTC milliseconds since 1970.
-- cause: heard, missed, will, gateway, disabled, never. reason: the same for a person, "missed 3 of 60 s". since: when it became so. heard_at:
-- when the device was heard last, as far as it was known then. interval_ms: how often it usually speaks, if that was learned.
create table presence (
    device      text collate "C" not null primary key,
    state       text   not null,
    cause       text   not null,
    reason      text   not null,
    since       bigint not null,
    heard_at    bigint not null,
    interval_ms bigint
);

-- How that changed; of each device the newest 200 are kept, and never more than one in a minute is written.
create table presence_change (
    id     bigint  generated always as identity primary key,
    device text collate "C" not null,
    state  text    not null,
    reason text    not null,
    at     bigint  not null
);

create index presence_change_of_device on presence_change (device, id);
