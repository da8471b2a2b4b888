-- What is known of every device's presence.
-- :limit  the most rows
-- row: device, first_seen_at, last_seen_at, registered, disabled, owner_ms, state, cause, reason, since, heard_at, interval_ms
select heard.id as device, heard.first_seen_at, heard.last_seen_at,
       known.device is not null as registered, coalesce(known.disabled, 0) as disabled, known.interval_ms as owner_ms,
       presence.state, presence.cause, presence.reason, presence.since, presence.heard_at, presence.interval_ms
from device heard
left join registration known on known.device = heard.id
left join presence on presence.device = heard.id
union all
select known.device, null, null, 1, known.disabled, known.interval_ms,
       presence.state, presence.cause, presence.reason, presence.since, presence.heard_at, presence.interval_ms
from registration known
left join presence on presence.device = known.device
where not exists (select 1 from device where device.id = known.device)
limit :limit
