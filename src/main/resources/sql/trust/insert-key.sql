-- Trusts a key; in place of one of this name that was removed.
insert into trusted_key (name, algorithm, public_key, added_at, added_by, removed_at)
values (:name, :algorithm, :public_key, :added_at, :added_by, null)
on conflict (name) do update set
    algorithm  = excluded.algorithm,
    public_key = excluded.public_key,
    added_at   = excluded.added_at,
    added_by   = excluded.added_by,
    removed_at = null
where trusted_key.removed_at is not null
