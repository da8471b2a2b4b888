-- A release that is published; nobody has its name.
-- row: id
insert into firmware_release (model, version, size, sha256, md5, kind, chip, project, built_version, elf_sha256, appended_sha256, key,
                              notes, changelog, min_version, signed_by, uploaded_at, uploaded_by)
values (:model, :version, :size, :sha256, :md5, :kind, :chip, :project, :built_version, :elf_sha256, :appended_sha256, :key,
        :notes, :changelog, :min_version, :signed_by, :uploaded_at, :uploaded_by)
returning id
