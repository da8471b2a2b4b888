-- The device was never heard; what it had sent stays counted in the ledger.
-- :device  device id
delete from device
where id = :device
