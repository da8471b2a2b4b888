-- What each peer of the benchmark writes into: one row a reading, and the one index that its dashboards need.
pragma journal_mode = wal;
create table if not exists measurement (
    id          integer primary key,
    site        text not null,
    system      text not null,
    device      text not null,
    location    text,
    mac         text,
    measured_at text not null,
    metrics     text not null
);
create index if not exists measurement_by_device on measurement (site, device, measured_at);
