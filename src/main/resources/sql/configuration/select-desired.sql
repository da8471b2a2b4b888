-- How a device should be configured.
-- row: device, document, topic, version, published_version, changed_at, changed_by
select device, document, topic, version, published_version, changed_at, changed_by
from desired_configuration
where device = :device
