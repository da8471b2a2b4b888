-- Keeps what a device reports of its configuration, unless that is what it reported last.
insert into configuration (device, source_id, said_at, as_of, received_at, flags, fingerprint, document)
select :device, :source_id, :said_at, :as_of, :received_at, :flags, :fingerprint, :document
where not exists (
    select 1
    from (
        select fingerprint from configuration where device = :device order by as_of desc, id desc limit 1
    ) as newest
    where newest.fingerprint = :fingerprint
)
