-- Gives an alert back, unless it is there, or another is open of the same name and device.
insert or ignore into alert (id, name, device, flow, severity, state, title, text, count, opened_at, last_at, told_at, closes_at, acknowledged_at, acknowledged_by, resolved_at, resolved_why)
values (:id, :name, :device, :flow, :severity, :state, :title, :text, :count, :opened_at, :last_at, :told_at, :closes_at, :acknowledged_at, :acknowledged_by, :resolved_at, :resolved_why)
