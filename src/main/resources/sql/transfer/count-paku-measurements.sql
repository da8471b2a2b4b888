-- How many measurements there are in a span.
-- ? from, to  UTC milliseconds; to is not included
select count(*) from measurements where ts >= to_timestamp(?::float8 / 1000) and ts < to_timestamp(?::float8 / 1000)
