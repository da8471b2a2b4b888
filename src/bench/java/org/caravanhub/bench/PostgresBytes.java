package org.caravanhub.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.caravanhub.TestPostgres;
import org.caravanhub.reading.Buckets;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SeriesQuery;
import org.caravanhub.store.UpkeepFlows;
import org.caravanhub.upkeep.Due;

/**
 * What a reading takes in the hub's own tables in PostgreSQL, before and after the hub's own flows have summed all up, what the hub
 * believes that it takes, and how long a day of one metric takes to ask for. {@code PostgresBytes READINGS DEVICES}.
 */
public final class PostgresBytes {
    private static final long INTERVAL_MILLIS = 10_000;
    private static final int BATCH = 2000;

    private final Connection connection;
    private final int readings;
    private final int devices;

    private PostgresBytes(Connection connection, int readings, int devices) {
        this.connection = connection;
        this.readings = readings;
        this.devices = devices;
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        int readings = Integer.parseInt(arguments[0]);
        int devices = Integer.parseInt(arguments[1]);
        try (TestPostgres postgres = TestPostgres.fresh();
                PostgresDatabase database =
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty()));
                Connection connection = postgres.connect()) {
            PostgresBytes bytes = new PostgresBytes(connection, readings, devices);
            connection.createStatement().execute("set search_path = caravan");
            bytes.fill();
            bytes.tell("as it came");
            bytes.ask(database);
            long begun = System.nanoTime();
            Duration longest = bytes.sumUp(database);
            System.out.printf(
                    "summed up in %d s, longest commit %d ms%n",
                    (System.nanoTime() - begun) / 1_000_000_000, longest.toMillis());
            bytes.tell("with sums");
            bytes.ask(database);
        }
    }

    private void fill() throws SQLException {
        Telemetry telemetry = new Telemetry();
        try (Statement statement = connection.createStatement()) {
            for (int device = 0; device < devices; device++) {
                statement.execute("insert into device (id, family, first_seen_at, last_seen_at) values ('"
                        + Telemetry.device(device) + "', 'paku', now(), now())");
                statement.execute("insert into source (device, family, site, system, sensor, location, mac) values ('"
                        + Telemetry.device(device) + "', 'paku', 'paku', '" + Telemetry.system(device) + "', '', '"
                        + Telemetry.place(device) + "', '')");
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into reading select d, at_ms(t), at_ms(t + 250), 0,"
                        + " m::jsonb from unnest(?::bigint[], ?::bigint[], ?::text[]) as given (d, t, m)")) {
            for (int from = 0; from < readings; from += BATCH) {
                int rows = Math.min(BATCH, readings - from);
                Object[] sources = new Object[rows];
                Object[] times = new Object[rows];
                Object[] metrics = new Object[rows];
                for (int row = 0; row < rows; row++) {
                    int device = (from + row) % devices;
                    long sequence = (from + row) / devices;
                    sources[row] = (long) device + 1;
                    times[row] = Telemetry.START_MILLIS + sequence * INTERVAL_MILLIS + device * 137L;
                    metrics[row] = new String(telemetry.metrics(device, sequence), StandardCharsets.UTF_8);
                }
                insert.setArray(1, connection.createArrayOf("bigint", sources));
                insert.setArray(2, connection.createArrayOf("bigint", times));
                insert.setArray(3, connection.createArrayOf("text", metrics));
                insert.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into source_hour select distinct source_id, ms(measured_at) / 3600000 from reading");
            statement.execute("insert into unrolled select 0, source_id, hour from source_hour");
        }
    }

    private Duration sumUp(PostgresDatabase database) throws Exception {
        GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        Due.Limits limits = new Due.Limits(400, 400, 100L << 30, Duration.ofMinutes(10));
        Instant end = Instant.ofEpochMilli(Telemetry.START_MILLIS).plus(Duration.ofDays(300));
        try (UpkeepFlows flows =
                new UpkeepFlows(Files.createTempDirectory("caravan-bench-flows"), database, writer, limits, end)) {
            flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
            return flows.longest();
        } finally {
            writer.close();
        }
    }

    private void tell(String when) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
            try (ResultSet row =
                    statement.executeQuery("select pg_relation_size('reading'), pg_indexes_size('reading'),"
                            + " (select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r'"
                            + " and relnamespace = 'caravan'::regnamespace), used_bytes()")) {
                row.next();
                System.out.printf(
                        "%s, bytes a reading: rows %d, indexes %d, all tables %d, as the hub counts them %d%n",
                        when,
                        row.getLong(1) / readings,
                        row.getLong(2) / readings,
                        row.getLong(3) / readings,
                        row.getLong(4) / readings);
            }
        }
    }

    private void ask(PostgresDatabase database) {
        Random random = new Random(3);
        double[] millis = new double[50];
        try (Queries queries = new Queries(database, Duration.ofMinutes(1))) {
            SeriesQuery series = new SeriesQuery(queries, Duration.ofMinutes(10));
            for (int question = -3; question < millis.length; question++) {
                String device = Telemetry.device(random.nextInt(devices / 10) * 10 + random.nextInt(7));
                Instant from = Instant.ofEpochMilli(Telemetry.START_MILLIS + random.nextInt(10 * 3_600_000));
                long begun = System.nanoTime();
                series.spread(device, "temperature_c", Buckets.of(from, from.plus(Duration.ofDays(1)), 300));
                if (question >= 0) {
                    millis[question] = (System.nanoTime() - begun) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        System.out.printf("24 h of one metric: %.1f / %.1f ms%n", millis[25], millis[47]);
    }
}
