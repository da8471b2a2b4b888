-- The one table of an export: a reading a row, in the order of measured_at.
-- measured_at, received_at  RFC 3339 in UTC with milliseconds; flags  words with spaces between; metrics  JSON, name to value, as the device wrote it
create table reading (
    device      text not null,
    family      text not null,
    site        text not null,
    system      text not null,
    sensor      text not null,
    location    text not null,
    mac         text not null,
    measured_at text not null,
    received_at text not null,
    flags       text not null,
    metrics     text not null
)
