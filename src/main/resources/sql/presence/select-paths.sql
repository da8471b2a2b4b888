-- Which devices were ever heard through which gateways, in the families whose topics tell.
-- :limit  the most rows
-- row: device, gateway
select distinct device, system as gateway
from source
where family in ('iot', 'ruuvi') and system <> ''
limit :limit
