-- Notes who changed what.
-- :at (UTC milliseconds), :who, :action, :subject, :details (JSON)
insert into audit (at, who, action, subject, details)
values (:at, :who, :action, :subject, :details)
