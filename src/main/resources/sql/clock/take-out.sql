-- Takes the readings that are wrong out; they are put in again in the same transaction.
delete from reading
where (minute, source_id, measured_at) in (select minute, source_id, measured_at from doubtful)
