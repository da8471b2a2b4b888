-- Gives a reported configuration back, with a new number, unless it is there.
insert or ignore into configuration (device, source_id, said_at, as_of, received_at, flags, fingerprint, document)
select :device, :source_id, :said_at, :as_of, :received_at, :flags, :fingerprint, :document
where not exists (
    select 1 from configuration
    where device = :device and as_of = :as_of and source_id = :source_id and fingerprint = :fingerprint)
