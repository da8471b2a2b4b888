-- What devices of a rollout that are at it told, a claimed success aside, of their firmware, and when they were heard last.
-- row: device, heard_at, asked_version, asked_at, told_version, told_at, told_model
select u.device, d.last_seen_at as heard_at, case when f.door <> 'report' then f.version else '' end as asked_version, f.asked_at,
       coalesce((
           select firmware
           from (select firmware, as_of, id from status where device = u.device order by as_of desc, id desc limit 20) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ), '') as told_version,
       (
           select case when as_of < received_at then as_of else received_at end
           from (
               select firmware, as_of, received_at, id from status where device = u.device order by as_of desc, id desc limit 20
           ) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ) as told_at,
       coalesce((
           select model
           from (select model, as_of, id from status where device = u.device order by as_of desc, id desc limit 20) as late
           where model <> ''
           order by as_of desc, id desc
           limit 1
       ), '') as told_model
from device_update u
left join device d on d.id = u.device
left join device_firmware f on f.device = u.device
where u.rollout = :rollout and u.ended_at is null and u.state <> 'waiting'
