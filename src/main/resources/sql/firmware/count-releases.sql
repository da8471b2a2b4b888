-- How many releases there are, and how much room their files take; a file that several share counts once.
-- row: releases, bytes
select (select count(*) from firmware_release) as releases,
       (select coalesce(sum(size), 0) from (select sha256, max(size) as size from firmware_release group by sha256) as file) as bytes
