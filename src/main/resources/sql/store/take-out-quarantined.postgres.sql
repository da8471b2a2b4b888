-- Takes a message out of quarantine: one row (received_at, topic, payload, size, device, flow), or none if it is not there.
-- :id  its number
delete from quarantine
where id = :id
returning ms(received_at) as received_at, topic, payload, size, device, flow
