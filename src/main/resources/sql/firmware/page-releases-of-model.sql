-- A page of a model's releases, the newest upload first.
-- :model   which
-- :before  those with a smaller number; the largest number there is for the newest
-- :limit   the most rows
-- row: the release
select id, model, version, size, sha256, md5, kind, chip, project, built_version, elf_sha256, appended_sha256, key, notes, changelog,
       min_version, signed_by, uploaded_at, uploaded_by
from firmware_release
where model = :model and id < :before
order by id desc
limit :limit
