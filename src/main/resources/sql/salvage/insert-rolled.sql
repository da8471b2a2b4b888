-- Notes again that an hour is in the roll-ups, so that those of hours whose readings were let go are not made anew from nothing.
insert or ignore into rolled (source_id, hour, kept_from)
values (:source_id, :hour, :kept_from)
