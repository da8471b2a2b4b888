-- Takes the readings that are wrong out; they are put in again in the same transaction.
delete from reading
where (source_id, measured_at) in (select source_id, at_ms(measured_at) from doubtful)
