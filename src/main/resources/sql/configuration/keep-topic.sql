-- A device has this topic again: what the broker keeps there is not to be taken away after all.
-- :topic  the topic
delete from desired_configuration
where topic = :topic and document = '' and device like '%~%'
