-- Uses a claim code, unless it was used or is too old; of many who try at once, one does.
update claim_code
set used_at = :now
where code_hash = :code_hash and used_at is null and expires_at > :now
