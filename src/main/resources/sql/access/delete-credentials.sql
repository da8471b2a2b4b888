-- Nothing lets this device in any more.
delete from credential
where device = :device
