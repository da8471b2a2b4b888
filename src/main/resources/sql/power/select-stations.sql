-- The devices of power stations: their ids begin with ecoflow-, and the next character after - is the dot.
-- :limit  the most rows
-- row: id
select id
from device
where id >= 'ecoflow-'
  and id < 'ecoflow.'
  and family = 'ecoflow'
order by id
limit :limit
