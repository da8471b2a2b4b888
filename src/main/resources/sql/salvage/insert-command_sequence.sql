-- Gives the last number of a gateway back; it never goes down.
insert into command_sequence (receiver, last)
values (:receiver, :last)
on conflict (receiver) do update set
    last = excluded.last
where excluded.last > command_sequence.last
