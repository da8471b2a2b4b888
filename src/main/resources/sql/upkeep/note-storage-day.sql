-- Notes how much room is used today.
-- :today  days since 1970
insert into storage_day (day, used_bytes)
select :today, (page_count - freelist_count) * page_size
from pragma_page_count, pragma_freelist_count, pragma_page_size
where true
on conflict (day) do update set used_bytes = excluded.used_bytes
