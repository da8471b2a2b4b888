-- What is still to be told to a channel.
insert into delivery (channel, id, dispatch, made_at)
values (:channel, :id, :dispatch, :made_at)
on conflict do nothing
