-- What a device signs in with, at the broker and over HTTP. user_name is the device's id, or that of its other generation, ID~2, while both
-- are valid. password_hash: the broker's form. Times are UTC milliseconds since 1970; expires_at null: until it is revoked.
create table credential (
    user_name     text collate "C" not null primary key,
    device        text collate "C" not null,
    password_hash text    not null,
    made_at       bigint  not null,
    expires_at    bigint
);

create index credential_of_device on credential (device);

-- A code by which a device provisions itself, once. code_hash: SHA-256 of it, in hexadecimal; id: the first 12 of its digits. device: the id
-- that it gives; '' leaves it to the device. used_at and used_by: when it was used, and by which device.
create table claim_code (
    id           text collate "C" not null primary key,
    code_hash    text collate "C" not null unique,
    device       text collate "C" not null,
    family       text    not null,
    site         text    not null,
    system       text    not null,
    model        text    not null,
    device_group text    not null,
    made_by      text    not null,
    made_at      bigint  not null,
    expires_at   bigint  not null,
    used_at      bigint,
    used_by      text    not null
);

-- Two ids that differ in case only are one too many.
create index registration_in_lower_case on registration (lower(device));
