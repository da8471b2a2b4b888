-- Begins the numbers that a new database gives at one that the old one cannot have reached, so that numbers keep their meaning.
insert into sqlite_sequence (name, seq)
select name, :number from sqlite_schema where type = 'table' and sql like '%autoincrement%'
