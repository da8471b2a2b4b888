-- How many releases have this file.
-- :sha256  of the file
-- row: releases
select count(*) as releases
from firmware_release
where sha256 = :sha256
