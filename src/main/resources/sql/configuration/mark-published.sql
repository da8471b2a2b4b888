-- The broker has this version.
update desired_configuration
set published_version = :version
where device = :device and published_version < :version
