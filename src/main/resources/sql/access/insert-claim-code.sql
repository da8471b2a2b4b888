-- Makes a claim code.
insert into claim_code (id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by)
values (:id, :code_hash, :device, :family, :site, :system, :model, :device_group, :made_by, :made_at, :expires_at, null, '')
