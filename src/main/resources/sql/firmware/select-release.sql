-- The release with this number.
-- :id  its number
-- row: the release
select id, model, version, size, sha256, md5, kind, chip, project, built_version, elf_sha256, appended_sha256, key, notes, changelog,
       min_version, signed_by, uploaded_at, uploaded_by
from firmware_release
where id = :id
