-- What each device told last of its firmware, and when, and of its model: of its newest twenty statuses the newest that says it; null if none does.
create view device_told as
select d.id as device,
       (
           select firmware
           from (select firmware, as_of, id from status where device = d.id order by as_of desc, id desc limit 20) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ) as version,
       (
           select case when as_of < received_at then as_of else received_at end
           from (select firmware, as_of, received_at, id from status where device = d.id order by as_of desc, id desc limit 20) as late
           where firmware <> ''
           order by as_of desc, id desc
           limit 1
       ) as told_at,
       (
           select model
           from (select model, as_of, id from status where device = d.id order by as_of desc, id desc limit 20) as late
           where model <> ''
           order by as_of desc, id desc
           limit 1
       ) as model
from device d;
