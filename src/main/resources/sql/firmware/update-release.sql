-- What may be changed of a release after it was published.
-- :id           which
-- :notes, :changelog, :min_version  as they are now
update firmware_release
set notes = :notes, changelog = :changelog, min_version = :min_version
where id = :id
