-- Takes a message out of quarantine: one row (received_at, topic, payload, size, device, flow), or none if it is not there.
-- :id  its number
delete from quarantine
where id = :id
returning received_at, topic, payload, size, device, flow
