-- Gives a series its number: one row (id).
insert into series (source_id, metric)
values (:source_id, :metric)
returning id
