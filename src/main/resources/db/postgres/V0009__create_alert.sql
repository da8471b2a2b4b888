-- What the owner should look at. One row from when it began until it was over; there is at most one open of a name and device. Times are UTC
-- milliseconds since 1970. device: '' if it is about none.
create table alert (
    id              bigint  generated always as identity primary key,
    name            text collate "C" not null,
    device          text collate "C" not null,
    flow            text    not null,
    severity        text    not null check (severity in ('low', 'normal', 'high', 'urgent')),
    state           text    not null check (state in ('open', 'acknowledged', 'resolved')),
    title           text    not null,
    text            text    not null,
    count           integer not null,
    opened_at       bigint  not null,
    last_at         bigint  not null,
    told_at         bigint,
    acknowledged_at bigint,
    acknowledged_by text    not null,
    resolved_at     bigint
);

create unique index alert_open on alert (name, device) where state <> 'resolved';

-- What is not told for a while. name or device '' means any.
create table alert_mute (
    name   text collate "C" not null,
    device text collate "C" not null,
    until  bigint  not null,
    muted_by text not null,
    primary key (name, device)
);

-- What is still to be told to a channel outside of the hub. notice: JSON.
create table delivery (
    id       bigint  generated always as identity primary key,
    channel  text collate "C" not null,
    severity integer not null,
    notice   text    not null,
    made_at  bigint  not null,
    attempts integer not null,
    reason   text    not null
);

create index delivery_next on delivery (channel, severity desc, id);
