-- What comes late for the taken hours is added to the roll-ups from now on.
update rolled set kept_from = null
where (source_id, hour) in (select source_id, bucket from rolling)
