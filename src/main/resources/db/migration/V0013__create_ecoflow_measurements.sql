-- The table of paku-iot for power stations is a view, and in PostgreSQL only: nobody reads a SQLite file with dashboards of paku.
select 1;
