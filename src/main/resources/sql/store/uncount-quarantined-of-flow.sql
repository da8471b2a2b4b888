-- One message less that this flow received and set aside; what is made of it is counted anew.
update ledger set received = received - 1, quarantined = quarantined - 1
where flow = :flow and quarantined > 0
