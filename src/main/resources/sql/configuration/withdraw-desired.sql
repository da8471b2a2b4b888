-- That of a device which is gone is to be taken from the broker.
update desired_configuration
set document = '', version = version + 1
where device = :device and document <> ''
