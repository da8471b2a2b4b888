-- A device became present in another way.
insert into presence_change (device, state, reason, at)
values (:device, :state, :reason, :at)
