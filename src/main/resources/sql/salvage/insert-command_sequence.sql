-- Gives the last number of a device back; it never goes down.
insert into command_sequence (device, last)
values (:device, :last)
on conflict (device) do update set
    last = excluded.last
where excluded.last > command_sequence.last
