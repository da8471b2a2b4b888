-- What a device signs in with now ends then, unless it ends before.
update credential
set expires_at = :expires_at
where device = :device and (expires_at is null or expires_at > :expires_at)
