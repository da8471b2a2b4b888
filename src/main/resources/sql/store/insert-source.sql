-- Gives a source its number: one row (id).
insert into source (device, family, site, system, sensor, location, mac)
values (:device, :family, :site, :system, :sensor, :location, :mac)
returning id
