-- What a device said and could not be understood, in one part of quarantine.
-- :device  device id
-- :after   numbers up to this stay
-- :up_to   the last number of the part
delete from quarantine
where id > :after
  and id <= :up_to
  and device = :device
