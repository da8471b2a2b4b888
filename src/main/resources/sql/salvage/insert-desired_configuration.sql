-- Gives back how a device should be configured, unless something newer is there.
insert into desired_configuration (device, document, topic, version, published_version, changed_at, changed_by)
values (:device, :document, :topic, :version, :published_version, :changed_at, :changed_by)
on conflict (device) do update set
    document          = excluded.document,
    topic             = excluded.topic,
    version           = excluded.version,
    published_version = excluded.published_version,
    changed_at        = excluded.changed_at,
    changed_by        = excluded.changed_by
where excluded.version > desired_configuration.version
