-- Gives a claim code back; one that was used stays used.
insert into claim_code (id, code_hash, device, family, site, system, model, device_group, made_by, made_at, expires_at, used_at, used_by)
values (:id, :code_hash, :device, :family, :site, :system, :model, :device_group, :made_by, :made_at, :expires_at, :used_at, :used_by)
on conflict (id) do update set
    used_at = excluded.used_at,
    used_by = excluded.used_by
where claim_code.used_at is null and excluded.used_at is not null
