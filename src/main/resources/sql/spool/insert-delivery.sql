-- Puts a delivery into the spool.
-- :position, :last_position  the numbers of its first and of its last outcome
-- :content                   bytes of SpoolCodec
insert into delivery (position, last_position, content)
values (:position, :last_position, :content)
