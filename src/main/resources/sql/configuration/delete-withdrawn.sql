-- The broker does not have it any more, nor does the hub.
delete from desired_configuration
where device = :device and version = :version and document = ''
