-- An alert that begins, or one that began while the database was away.
-- row: id
insert into alert (name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at,
                   acknowledged_at, acknowledged_by, resolved_at, resolved_why)
values (:name, :device, :flow, :severity, :state, :title, :text, :count, :opened_at, :last_at, :told_at, :closes_at,
        :acknowledged_at, :acknowledged_by, :resolved_at, :resolved_why)
returning id
