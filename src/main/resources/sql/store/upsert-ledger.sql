-- Adds to a flow's counts.
insert into ledger (flow, received, stored, duplicate, quarantined)
values (:flow, :received, :stored, :duplicate, :quarantined)
on conflict (flow) do update set
    received    = received + excluded.received,
    stored      = stored + excluded.stored,
    duplicate   = duplicate + excluded.duplicate,
    quarantined = quarantined + excluded.quarantined
