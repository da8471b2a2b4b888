-- What a device told of its firmware when it asked for another. Times are UTC milliseconds since 1970. What it did not tell is ''.
-- door: the way it asked last. first_at: when it asked first.
create table device_firmware (
    device   text collate "C"   not null primary key,
    model    text collate "C"   not null,
    version  text collate "C"   not null,
    mac      text collate "C"   not null,
    door     text    not null,
    first_at bigint  not null,
    asked_at bigint  not null
);
