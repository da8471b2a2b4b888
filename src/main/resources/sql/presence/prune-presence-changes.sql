-- Leaves a device its newest changes.
-- :device  device id
-- :keep    how many stay
delete from presence_change
where device = :device
  and id <= (select id from presence_change where device = :device order by id desc limit 1 offset :keep)
