-- A release is taken away; its file is not touched by this.
-- :id  which
delete from firmware_release
where id = :id
