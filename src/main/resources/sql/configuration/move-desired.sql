-- The topics of a device are others now; the broker does not have its configuration there yet.
-- :device  device id
-- :topic   where it is to be kept from now on
update desired_configuration
set topic = :topic, published_version = 0
where device = :device
