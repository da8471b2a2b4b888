-- Values that are beyond a limit which a flow watches, and were told: after a restart they are not told again. A row is written when a
-- value crosses its limit, and deleted when it is back. watched: metric and limit, "battery_voltage_v below 3.3 until 3.5".
-- crossed_at: by the device's time, UTC milliseconds.
create table crossing (
    flow       text    not null,
    watched    text    not null,
    device     text    not null,
    crossed_at integer not null,
    primary key (flow, watched, device)
) strict, without rowid;
