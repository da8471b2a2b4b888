-- How many rows the small tables have; the large ones would be read from end to end, and the ledger knows them.
-- row: table_name, row_count
select 'device' as table_name, count(*) as row_count from device
union all select 'registration' as table_name, count(*) as row_count from registration
union all select 'credential' as table_name, count(*) as row_count from credential
union all select 'claim_code' as table_name, count(*) as row_count from claim_code
union all select 'alert' as table_name, count(*) as row_count from alert
union all select 'alert_mute' as table_name, count(*) as row_count from alert_mute
union all select 'delivery' as table_name, count(*) as row_count from delivery
union all select 'audit' as table_name, count(*) as row_count from audit
union all select 'command' as table_name, count(*) as row_count from command
union all select 'desired_configuration' as table_name, count(*) as row_count from desired_configuration
union all select 'crossing' as table_name, count(*) as row_count from crossing
union all select 'series' as table_name, count(*) as row_count from series
union all select 'storage_day' as table_name, count(*) as row_count from storage_day
union all select 'presence' as table_name, count(*) as row_count from presence
union all select 'rollout' as table_name, count(*) as row_count from rollout
union all select 'device_update' as table_name, count(*) as row_count from device_update
union all select 'firmware_release' as table_name, count(*) as row_count from firmware_release
union all select 'trusted_key' as table_name, count(*) as row_count from trusted_key
union all select 'firmware_policy' as table_name, count(*) as row_count from firmware_policy
