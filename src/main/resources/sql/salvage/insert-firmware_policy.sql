-- Gives back what is asked of a model's releases, unless something newer is there.
insert into firmware_policy (model, signed_only, changed_at, changed_by)
values (:model, :signed_only, :changed_at, :changed_by)
on conflict (model) do update set
    signed_only = excluded.signed_only,
    changed_at  = excluded.changed_at,
    changed_by  = excluded.changed_by
where excluded.changed_at > firmware_policy.changed_at
