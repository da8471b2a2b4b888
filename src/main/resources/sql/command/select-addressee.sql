-- Which topics a device has, as it was heard last; what it says of what it is goes before what it says of how it is configured.
-- row: family, site, system, location, mac
select family, site, system, location, mac
from source
where device = :device
order by case when system = 'edge' then 1 else 0 end, case when location = '' then 1 else 0 end, id desc
limit 1
