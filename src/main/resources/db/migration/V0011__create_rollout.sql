-- Which release goes to which devices, and what became of it. Times are UTC milliseconds since 1970. audience, plan: JSON.
-- percent: of the ring that it has come to.
create table rollout (
    id         integer primary key autoincrement,
    name       text    not null unique,
    model      text    not null,
    version    text    not null,
    audience   text    not null,
    plan       text    not null,
    percent    integer not null check (percent between 0 and 100),
    ring       integer not null,
    state      text    not null check (state in ('running', 'paused', 'completed', 'stopped', 'rolling_back', 'rolled_back')),
    reason     text    not null,
    created_at integer not null,
    created_by text    not null,
    changed_at integer not null
) strict;

create index rollout_open on rollout (model, id) where state in ('running', 'paused', 'rolling_back');

-- One row a device of a rollout; it ends once. reason: a sentence. percent: of downloading.
create table device_update (
    rollout         integer not null references rollout (id),
    device          text    not null,
    version         text    not null,
    from_version    text    not null,
    state           text    not null check (state in ('waiting', 'offered', 'downloading', 'installing', 'verifying', 'done', 'failed', 'rolled_back', 'timed_out')),
    percent         integer not null check (percent between 0 and 100),
    reason          text    not null,
    attempts        integer not null,
    offered_at      integer,
    started_at      integer,
    verifying_since integer,
    ended_at        integer,
    changed_at      integer not null,
    primary key (rollout, device)
) strict, without rowid;

create index device_update_open on device_update (device, rollout) where ended_at is null;
create index device_update_of_device on device_update (device, changed_at);
