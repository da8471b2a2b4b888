-- Firmware that was published, and whom to believe that it is. Times are UTC milliseconds since 1970. A text that is not known is ''.
-- The file of a release is in the data folder, named by its sha256. key: names it in addresses.
create table firmware_release (
    id              integer primary key autoincrement,
    model           text    not null,
    version         text    not null,
    size            integer not null,
    sha256          text    not null,
    md5             text    not null,
    kind            text    not null,
    chip            text    not null,
    project         text    not null,
    built_version   text    not null,
    elf_sha256      text    not null,
    appended_sha256 text    not null,
    key             text    not null,
    notes           text    not null,
    changelog       text    not null,
    min_version     text    not null,
    signed_by       text    not null,
    uploaded_at     integer not null,
    uploaded_by     text    not null,
    unique (model, version)
) strict;

-- Two columns: entries of an index of one text look like rows of command_sequence to whoever reads a damaged file.
create unique index firmware_release_of_key on firmware_release (key, sha256);
create index firmware_release_of_model on firmware_release (model, id);
create index firmware_release_of_version on firmware_release (version, id);
create index firmware_release_of_file on firmware_release (sha256, size);

-- Whose signatures count. One that was removed stays as such, so that nothing that lies about of it is taken for trusted.
create table trusted_key (
    name       text    not null primary key,
    algorithm  text    not null check (algorithm in ('ecdsa-p256', 'minisign')),
    public_key text    not null,
    added_at   integer not null,
    added_by   text    not null,
    removed_at integer
) strict, without rowid;

-- What is asked of a model's releases.
create table firmware_policy (
    model       text    not null primary key,
    signed_only integer not null check (signed_only in (0, 1)),
    changed_at  integer not null,
    changed_by  text    not null
) strict, without rowid;
