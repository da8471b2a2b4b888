-- What the owner knows of a device, beside what it says: a row from when it was provisioned, adopted, imported or edited. A device that was
-- only heard has none. Times are UTC milliseconds since 1970; what is not known is '' or null.
-- site and system: which part of the family's topics is the device's. tags: a JSON array of texts. interval_ms: how often it speaks, if the
-- owner says so; learned otherwise.
create table registration (
    device       text collate "C" not null primary key,
    family       text    not null,
    site         text    not null,
    system       text    not null,
    model        text    not null,
    name         text collate "C" not null,
    device_group text    not null,
    tags         text    not null,
    location     text    not null,
    notes        text    not null,
    interval_ms  bigint check (interval_ms > 0),
    disabled     integer not null check (disabled in (0, 1)),
    created_at   bigint  not null,
    changed_at   bigint  not null
);

-- Who changed what, and when; written in the transaction that changes it. subject: what it was done to, "device/hut". details: a JSON
-- object without secrets.
create table audit (
    id      bigint  generated always as identity primary key,
    at      bigint  not null,
    who     text    not null,
    action  text    not null,
    subject text collate "C" not null,
    details text    not null
);

create index audit_of_subject on audit (subject, id);

-- Devices of which everything is to be gone. The row goes in the same transaction as the last of it, so that a hub that was stopped in
-- between goes on.
create table forgetting (
    device   text collate "C" not null primary key,
    asked_at bigint  not null
);
