-- Adds to a flow's counts.
insert into ledger (flow, received, stored, duplicate, quarantined)
values (:flow, :received, :stored, :duplicate, :quarantined)
on conflict (flow) do update set
    received    = ledger.received + excluded.received,
    stored      = ledger.stored + excluded.stored,
    duplicate   = ledger.duplicate + excluded.duplicate,
    quarantined = ledger.quarantined + excluded.quarantined
