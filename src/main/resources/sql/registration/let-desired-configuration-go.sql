-- A device that is removed needs it no more: what the broker keeps of it is to be taken from there, and then it goes from here.
-- :device  device id
update desired_configuration
set document = '', version = version + 1
where device = :device and document <> ''
