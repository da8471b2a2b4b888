-- Lets a device's finished commands go but for its newest.
-- :keep  how many stay
delete from command
where device = :device
  and finished_at is not null
  and (created_at, id) <= (
      select created_at, id from command
      where device = :device and finished_at is not null
      order by created_at desc, id desc
      limit 1 offset :keep
  )
