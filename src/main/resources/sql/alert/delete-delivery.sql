-- It was told, or given up.
delete from delivery
where channel = :channel
  and id = :id
