-- Tables of paku-iot as far as an import reads them, with a row of each kind that was seen.
create table measurements (
    id bigserial primary key,
    site_id text not null,
    system text not null,
    device_id text not null,
    location text,
    mac text,
    ts timestamptz not null default now(),
    metrics jsonb not null,
    created_at timestamptz not null default now()
);
create table ecoflow_measurements (
    id bigserial primary key,
    device_sn text not null,
    ts timestamptz not null default now(),
    soc_percent integer,
    remain_time_min integer,
    watts_in_sum integer,
    bms_vol numeric,
    raw_data jsonb
);
insert into measurements (site_id, system, device_id, location, mac, ts, metrics, created_at) values
    ('paku', 'sensors', 'ruuvi_1_Reppu', 'Reppu', 'AA:BB:CC:DD:EE:FF', '2025-12-01 20:00:00.123456+00',
        '{"temperature_c": 21.40, "count": 1234567890123456789012345, "note": "ä"}', '2025-12-01 20:00:01+00'),
    -- the same message delivered twice: no unique key kept it out
    ('paku', 'sensors', 'ruuvi_1_Reppu', 'Reppu', 'AA:BB:CC:DD:EE:FF', '2025-12-01 20:00:00.123456+00',
        '{"temperature_c": 21.40, "count": 1234567890123456789012345, "note": "ä"}', '2025-12-01 20:00:01+00'),
    -- before the device knew the time
    ('paku', 'heater', 'emu01', null, null, '1970-01-01 00:00:03+00', '{"heater_state": "idle", "safety_ok": 1}',
        '2025-12-01 20:00:02+00'),
    ('paku', 'edge', 'ESP32-20E955A0', '', '', '2025-12-01 22:00:00+02', '{"list": [1, {"a": null}], "yes": true}',
        '2025-12-01 20:00:03+00'),
    ('', '', 'no-site', null, null, '2025-12-01 20:00:00+00', '{"a": 1}', '2025-12-01 20:00:03+00'),
    ('paku', 'sensors', 'my sensor', null, null, '2025-12-01 20:00:00+00', '{"a": 1}', '2025-12-01 20:00:03+00'),
    ('paku', 'sensors', 'empty', null, null, '2025-12-01 20:00:00+00', '{}', '2025-12-01 20:00:03+00'),
    ('paku', 'sensors', 'forever', null, null, 'infinity', '{"a": 1}', '2025-12-01 20:00:03+00');
insert into ecoflow_measurements (device_sn, ts, soc_percent, watts_in_sum, bms_vol, raw_data) values
    ('DCEBZ8ZE', '2025-12-01 20:00:00+00', 78, 0, 53.210, '{"large": 1}'),
    ('DCEBZ8ZE', '2025-12-01 20:00:30+00', 77, 12, null, null);
