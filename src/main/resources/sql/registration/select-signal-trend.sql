-- How well a device was heard, as it said itself: its first and its last word on it since then; no row if there is none.
-- :device  device id
-- :since   UTC milliseconds
-- row: newest, newest_at, oldest, oldest_at (UTC milliseconds)
select n.rssi_dbm as newest, n.as_of as newest_at, o.rssi_dbm as oldest, o.as_of as oldest_at
from (
    select rssi_dbm, as_of
    from status
    where device = :device and as_of >= :since and rssi_dbm is not null
    order by as_of desc, id desc
    limit 1
) n
cross join (
    select rssi_dbm, as_of
    from status
    where device = :device and as_of >= :since and rssi_dbm is not null
    order by as_of, id
    limit 1
) o
