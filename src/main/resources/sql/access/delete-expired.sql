-- What lets nobody in any more is not kept.
delete from credential
where expires_at <= :now
