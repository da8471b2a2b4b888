-- Says how a device should be configured; the broker does not have it yet.
insert into desired_configuration (device, document, topic, version, published_version, changed_at, changed_by)
values (:device, :document, :topic, :version, 0, :changed_at, :changed_by)
on conflict (device) do update set document = excluded.document, topic = excluded.topic, version = excluded.version,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by
