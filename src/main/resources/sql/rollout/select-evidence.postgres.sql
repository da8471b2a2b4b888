-- What devices of a rollout that are at it told, a claimed success aside, of their firmware, and when they were heard last.
-- row: device, heard_at, asked_version, asked_at, told_version, told_at, told_model
select u.device, ms(d.last_seen_at) as heard_at, case when f.door <> 'report' then f.version else '' end as asked_version, f.asked_at,
       coalesce(t.version, '') as told_version, t.told_at, coalesce(t.model, '') as told_model
from device_update u
left join device d on d.id = u.device
left join device_firmware f on f.device = u.device
left join device_told t on t.device = u.device
where u.rollout = :rollout and u.ended_at is null and u.state <> 'waiting'
