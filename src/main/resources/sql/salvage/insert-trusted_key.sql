-- Gives back whose signatures count, unless something newer is there; one that was removed stays so.
insert into trusted_key (name, algorithm, public_key, added_at, added_by, removed_at)
values (:name, :algorithm, :public_key, :added_at, :added_by, :removed_at)
on conflict (name) do update set
    algorithm  = excluded.algorithm,
    public_key = excluded.public_key,
    added_at   = excluded.added_at,
    added_by   = excluded.added_by,
    removed_at = excluded.removed_at
where coalesce(excluded.removed_at, excluded.added_at) > coalesce(trusted_key.removed_at, trusted_key.added_at)
