-- What devices were asked to do, and what came of it. Times are UTC milliseconds since 1970, by the hub's clock. parameters and answer: JSON.
-- reference: what the acknowledgement names it by. attempts: how often it was given to the broker, always with the same reference.
create table command (
    id           text collate "C" not null primary key,
    device       text collate "C" not null,
    name         text collate "C" not null,
    parameters   text    not null,
    state        text    not null check (state in ('queued', 'sent', 'delivered', 'done', 'failed', 'expired')),
    reason       text    not null,
    topic        text    not null,
    payload      text    not null,
    reference    text collate "C" not null,
    created_by   text    not null,
    created_at   bigint  not null,
    expires_at   bigint  not null,
    attempts     integer not null,
    sent_at      bigint,
    delivered_at bigint,
    finished_at  bigint,
    answer       text    not null
);

create index command_of_device on command (device, created_at, id);
create index command_open on command (expires_at) where state in ('queued', 'sent', 'delivered');
create index command_by_reference on command (device, reference);

-- The last number that was given to a device whose commands are numbered; it never goes back.
create table command_sequence (
    device text collate "C" not null primary key,
    last   bigint  not null
);

-- How a device should be configured: the whole document, a JSON object. version counts its changes; published_version is the one that the
-- broker has.
create table desired_configuration (
    device            text collate "C" not null primary key,
    document          text    not null,
    version           bigint  not null,
    published_version bigint  not null,
    changed_at        bigint  not null,
    changed_by        text    not null
);
