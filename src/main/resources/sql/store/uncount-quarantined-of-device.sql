-- One message less that this device sent and that was set aside; what is made of it is counted anew.
update device set received = received - 1, quarantined = quarantined - 1
where id = :id and quarantined > 0
