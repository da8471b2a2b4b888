-- Puts right when something was seen while the hub's clock was wrong. Once for each wrong time: a second time would be too far.
-- :wrong_from, :wrong_to  when the clock was wrong, by itself
-- :shift                  what has to be added
update device set last_seen_at = at_ms(ms(last_seen_at) + :shift)
where last_seen_at between at_ms(:wrong_from) and at_ms(:wrong_to)
