-- Leaves a device its newest statuses.
-- :device  device id
-- :keep    how many stay
delete from status
where device = :device
  and (as_of, id) <= (
      select as_of, id from status where device = :device order by as_of desc, id desc limit 1 offset :keep
  )
