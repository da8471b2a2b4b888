-- Gives a release of firmware back; what was edited of it later has the same number.
insert into firmware_release (id, model, version, size, sha256, md5, kind, chip, project, built_version, elf_sha256, appended_sha256, key,
                              notes, changelog, min_version, signed_by, uploaded_at, uploaded_by)
values (:id, :model, :version, :size, :sha256, :md5, :kind, :chip, :project, :built_version, :elf_sha256, :appended_sha256, :key,
        :notes, :changelog, :min_version, :signed_by, :uploaded_at, :uploaded_by)
on conflict do nothing
