-- Makes a device known; changes nothing if it is known already.
insert into registration (device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled,
                          created_at, changed_at)
values (:device, :family, :site, :system, :model, :name, :device_group, :tags, :location, :notes, :interval_ms, :disabled,
        :created_at, :changed_at)
on conflict do nothing
