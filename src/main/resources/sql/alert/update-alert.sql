-- What became of an alert.
update alert
set flow = :flow, severity = :severity, state = :state, title = :title, text = :text, count = :count, opened_at = :opened_at,
    last_at = :last_at, told_at = :told_at, closes_at = :closes_at, acknowledged_at = :acknowledged_at,
    acknowledged_by = :acknowledged_by, resolved_at = :resolved_at, resolved_why = :resolved_why
where id = :id
