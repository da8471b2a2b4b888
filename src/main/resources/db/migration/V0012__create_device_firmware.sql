-- What a device told of its firmware when it asked for another. Times are UTC milliseconds since 1970. What it did not tell is ''.
-- door: the way it asked last. first_at: when it asked first.
create table device_firmware (
    device   text    not null primary key,
    model    text    not null,
    version  text    not null,
    mac      text    not null,
    door     text    not null,
    first_at integer not null,
    asked_at integer not null
) strict, without rowid;
