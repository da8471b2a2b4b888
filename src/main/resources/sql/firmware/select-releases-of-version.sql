-- Every release with this version, whichever model it is for, the newest upload first.
-- :version  as devices tell it
-- row: the release
select id, model, version, size, sha256, md5, kind, chip, project, built_version, elf_sha256, appended_sha256, key, notes, changelog,
       min_version, signed_by, uploaded_at, uploaded_by
from firmware_release
where version = :version
order by id desc
