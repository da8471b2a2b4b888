-- Notes which device a claim code made.
update claim_code
set used_by = :used_by
where code_hash = :code_hash
