-- Changes what the owner knows of a device, all of it at once.
update registration
set family = :family, site = :site, system = :system, model = :model, name = :name, device_group = :device_group, tags = :tags,
    location = :location, notes = :notes, interval_ms = :interval_ms, disabled = :disabled, changed_at = :changed_at
where device = :device
