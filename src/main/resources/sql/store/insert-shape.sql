-- Gives a shape its number: one row (id).
insert into shape (names)
values (cast(:names as text))
returning id
