-- Which topics a device spoke on last: the voice that said something in the newest hour, or else the newest voice.
-- :device  device id
-- row: family, site, system
select s.family, s.site, s.system
from source s
where s.device = :device
order by coalesce((select max(hour) from source_hour where source_id = s.id), 0) desc, s.id desc
limit 1
