-- The newest status of each device of a model that was in a rollout.
-- row: device, uptime_s, rssi_dbm
select asked.device, s.uptime_s, s.rssi_dbm
from (
    select distinct device_update.device
    from rollout
    join device_update on device_update.rollout = rollout.id
    where rollout.model = :model
) as asked
join status s on s.id = (select id from status where device = asked.device order by as_of desc, id desc limit 1)
