-- What devices were asked to do, and what came of it. Times are UTC milliseconds since 1970, by the hub's clock. parameters and answer: JSON,
-- no answer is ''. way: which family's form it is sent in. reference: what the acknowledgement names it by, '' where a family has none.
-- sequence: its number, where a family counts. attempts: how often it was, or may have been, given to the broker, always with the same
-- reference; written before it is. taken: of how many of them the broker said that it has them.
create table command (
    id              text collate "C" not null primary key,
    device          text collate "C" not null,
    name            text    not null,
    parameters      text    not null,
    state           text    not null check (state in ('queued', 'sent', 'delivered', 'done', 'failed', 'expired')),
    reason          text    not null,
    way             text    not null,
    topic           text    not null,
    reference       text collate "C" not null,
    sequence        bigint not null,
    idempotency_key text collate "C" not null,
    created_by      text    not null,
    created_at      bigint not null,
    expires_at      bigint not null,
    attempts        bigint not null,
    taken           bigint not null,
    sent_at         bigint ,
    delivered_at    bigint ,
    finished_at     bigint ,
    answer          text    not null
);

create index command_of_device on command (device, created_at, id);
create index command_open on command (device, created_at, id) where state in ('queued', 'sent', 'delivered');
create index command_finished on command (finished_at) where finished_at is not null;
create index command_by_reference on command (device, reference);
create unique index command_once on command (device, idempotency_key) where idempotency_key <> '';

-- The last number that was given to a command of a gateway; it never goes back.
create table command_sequence (
    receiver text collate "C" not null primary key,
    last     bigint not null
);

-- How a device should be configured: the whole document, a JSON object. version counts its changes; published_version is the one that the
-- broker has. A document that is '' is to be taken from the broker, and then from here.
create table desired_configuration (
    device            text collate "C" not null primary key,
    document          text    not null,
    topic             text    not null,
    version           bigint not null,
    published_version bigint not null,
    changed_at        bigint not null,
    changed_by        text    not null
);
