-- Which release goes to which devices, and what became of it. Times are UTC milliseconds since 1970. audience, plan: JSON.
-- percent: of the ring that it has come to. soaks_since: since when enough of that ring are done. forgiven_failed, forgiven_ended: what does not
-- count again since it was resumed. returns: the rollout whose devices this one gives the last good release back.
create table rollout (
    id              integer primary key autoincrement,
    name            text not null,
    model           text not null,
    version         text not null,
    audience        text not null,
    plan            text not null,
    percent         integer not null check (percent between 0 and 100),
    ring            integer not null,
    state           text not null check (state in ('running', 'paused', 'completed', 'stopped', 'rolling_back', 'rolled_back')),
    reason          text not null,
    soaks_since     integer,
    forgiven_failed integer not null,
    forgiven_ended  integer not null,
    "returns"       integer,
    created_at      integer not null,
    created_by      text not null,
    changed_at      integer not null
) strict;

-- There is one of each name; whoever makes one looks. With one column more, so that it does not look like a row of another table.
create index rollout_of_name on rollout (name, model);
create index rollout_of_model on rollout (model, id);
create index rollout_open on rollout (id) where state in ('running', 'paused', 'rolling_back');

-- One row a device of a rollout; it ends once. reason: a sentence. percent: of downloading. seen_at: when the device told first that it runs the new
-- version. spent_ms: until it does, how long it was awake since the offer; from then on, how long it was well; written now and then. restarts:
-- how often it started again since.
create table device_update (
    rollout         integer not null references rollout (id),
    device          text not null,
    version         text not null,
    from_version    text not null,
    state           text not null check (state in ('waiting', 'offered', 'downloading', 'installing', 'verifying', 'done', 'failed', 'rolled_back', 'timed_out')),
    percent         integer not null check (percent between 0 and 100),
    reason          text not null,
    attempts        integer not null,
    offered_at      integer,
    started_at      integer,
    verifying_since integer,
    seen_at         integer,
    spent_ms        integer not null,
    restarts        integer not null,
    ended_at        integer,
    changed_at      integer not null,
    primary key (rollout, device)
) strict, without rowid;

create index device_update_open on device_update (rollout, device) where ended_at is null;
create index device_update_of_device on device_update (device, changed_at);
create index device_update_by_change on device_update (changed_at);
