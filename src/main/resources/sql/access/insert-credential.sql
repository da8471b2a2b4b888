-- Makes a credential; there is none of this name.
insert into credential (user_name, device, password_hash, made_at, expires_at)
values (:user_name, :device, :password_hash, :made_at, :expires_at)
