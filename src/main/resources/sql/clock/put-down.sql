-- The work table is empty between two steps.
delete from doubtful
