-- The number of a source: no row, or one (id).
select id
from source
where device = :device and family = :family and site = :site and system = :system
  and sensor = :sensor and location = :location and mac = :mac
