-- Gives back what the owner knows of a device, unless something newer is there.
insert into registration (device, family, site, system, model, name, device_group, tags, location, notes, interval_ms, disabled, created_at, changed_at)
values (:device, :family, :site, :system, :model, :name, :device_group, :tags, :location, :notes, :interval_ms, :disabled, :created_at, :changed_at)
on conflict (device) do update set
    family = excluded.family,
    site = excluded.site,
    system = excluded.system,
    model = excluded.model,
    name = excluded.name,
    device_group = excluded.device_group,
    tags = excluded.tags,
    location = excluded.location,
    notes = excluded.notes,
    interval_ms = excluded.interval_ms,
    disabled = excluded.disabled,
    created_at = excluded.created_at,
    changed_at = excluded.changed_at
where excluded.changed_at > registration.changed_at
