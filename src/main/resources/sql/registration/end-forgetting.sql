-- Everything of it is gone.
delete from forgetting
where device = :device
