-- How much room is used: pages with something on them, not the size of the file, which never shrinks.
-- row: used_bytes
select (page_count - freelist_count) * page_size as used_bytes
from pragma_page_count, pragma_freelist_count, pragma_page_size
