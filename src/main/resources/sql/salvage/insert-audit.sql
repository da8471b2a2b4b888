-- Gives an entry of the audit back. A new database numbers its own from far above.
insert or ignore into audit (id, at, who, action, subject, details)
values (:id, :at, :who, :action, :subject, :details)
