-- Gives a credential back, unless a newer one is there.
insert into credential (user_name, device, password_hash, made_at, expires_at)
values (:user_name, :device, :password_hash, :made_at, :expires_at)
on conflict (user_name) do update set
    device = excluded.device,
    password_hash = excluded.password_hash,
    made_at = excluded.made_at,
    expires_at = excluded.expires_at
where excluded.made_at > credential.made_at
