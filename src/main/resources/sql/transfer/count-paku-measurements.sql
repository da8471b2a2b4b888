-- How many measurements there are in a span.
-- ? from, to  UTC milliseconds, or null for no bound; to is not included
select count(*) from measurements where coalesce(ts >= to_timestamp(?::float8 / 1000), true)
  and coalesce(ts < to_timestamp(?::float8 / 1000), true)
