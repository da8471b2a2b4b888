-- What has become of a command; nothing if it is not any more what it was decided on.
update command
set state = :state, reason = :reason, sequence = :sequence, attempts = :attempts, taken = :taken, created_at = :created_at,
    expires_at = :expires_at, sent_at = :sent_at, delivered_at = :delivered_at, finished_at = :finished_at, answer = :answer
where id = :id and state = :was
