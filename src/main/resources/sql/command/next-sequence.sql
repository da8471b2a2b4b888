-- Counts a gateway's commands on.
-- :least  what the number is at least
insert into command_sequence (receiver, last)
values (:receiver, :least)
on conflict (receiver) do update set last = case when command_sequence.last + 1 > excluded.last then command_sequence.last + 1 else excluded.last end
