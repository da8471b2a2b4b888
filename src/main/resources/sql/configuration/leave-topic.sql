-- What the broker keeps on a topic that a device had before is to be taken from there.
-- :device  the device and the topic, as no device is called
-- :topic   the topic
insert into desired_configuration (device, document, topic, version, published_version, changed_at, changed_by)
values (:device, '', :topic, 1, 0, :changed_at, :changed_by)
on conflict (device) do nothing
