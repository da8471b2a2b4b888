-- Leaves a device its newest reported configurations.
-- :device  device id
-- :keep    how many stay
delete from configuration
where device = :device
  and (as_of, id) <= (
      select as_of, id from configuration where device = :device order by as_of desc, id desc limit 1 offset :keep
  )
