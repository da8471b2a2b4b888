package org.caravanhub.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.caravanhub.reading.Buckets;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SeriesColumns;
import org.caravanhub.store.SeriesQuery;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.UpkeepFlows;
import org.caravanhub.upkeep.Due;

/**
 * Asks the hub's own questions of the hub's own tables, filled in order of arrival: one metric of one device over 24 hours and over
 * 30 days in at most 300 buckets, warm, and with a file that is not in memory.
 *
 * <p>{@code Questions DIRECTORY READINGS DEVICES} prints a Markdown table. {@code Questions DIRECTORY READINGS DEVICES year} spreads the
 * readings over a year, has the hub's own flows sum them up, and asks for a year of hours.
 */
public final class Questions {
    private static final int QUESTIONS = 50;
    private static final int BUCKETS = 300;
    /** A bucket for each two hours, which is as fine as the API answers a year. */
    private static final int YEAR_BUCKETS = 5000;

    private static final Duration YEAR = Duration.ofDays(365);

    private final Path file;
    private final int readings;
    private final int devices;
    private final long intervalMillis;

    private Questions(Path file, int readings, int devices, long intervalMillis) {
        this.file = file;
        this.readings = readings;
        this.devices = devices;
        this.intervalMillis = intervalMillis;
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        Path file = Files.createDirectories(Path.of(arguments[0])).resolve("caravan.db");
        int readings = Integer.parseInt(arguments[1]);
        int devices = Integer.parseInt(arguments[2]);
        boolean isYear = arguments.length > 3 && arguments[3].equals("year");
        long intervalMillis = isYear ? YEAR.toMillis() / (readings / devices) : 10_000;
        Questions questions = new Questions(file, readings, devices, intervalMillis);
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        SqliteDatabase.open(file).close();
        questions.fill();
        if (isYear) {
            questions.year();
            return;
        }
        System.out.println(
                "| readings | devices | bytes per reading | 24 h warm p50 / p95 ms | cold | 30 days warm | cold |\n"
                        + "|---|---|---|---|---|---|---|");
        System.out.printf(
                "| %,d | %d | %d", questions.readings, questions.devices, Files.size(file) / questions.readings);
        for (Duration span : new Duration[] {Duration.ofDays(1), questions.longest()}) {
            System.out.printf(" | %s", questions.ask(span, false));
            System.out.printf(" | %s", questions.ask(span, true));
        }
        System.out.println(" |");
    }

    private void year() throws Exception {
        System.out.println("| readings | devices | bytes per reading | with sums | summed up in s | longest commit ms"
                + " | 24 h warm p50 / p95 ms | year of hours warm | cold |\n|---|---|---|---|---|---|---|---|---|");
        System.out.printf("| %,d | %d | %d", readings, devices, Files.size(file) / readings);
        long begun = System.nanoTime();
        Duration longest = sumUp();
        System.out.printf(
                " | %d | %d | %d",
                Files.size(file) / readings, (System.nanoTime() - begun) / 1_000_000_000, longest.toMillis());
        System.out.printf(" | %s", ask(Duration.ofDays(1), false));
        System.out.printf(" | %s | %s |%n", ask(YEAR, false), ask(YEAR, true));
    }

    /** By the flows in routes/upkeep, as they are shipped. */
    private Duration sumUp() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file);
        GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        Due.Limits limits = new Due.Limits(400, 400, 100L << 30, Duration.ofMinutes(10));
        Instant end = Instant.ofEpochMilli(Telemetry.START_MILLIS).plus(YEAR).plus(Duration.ofDays(2));
        try (UpkeepFlows flows =
                new UpkeepFlows(Files.createTempDirectory("caravan-bench-flows"), database, writer, limits, end)) {
            flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
            return flows.longest();
        } finally {
            writer.close();
            database.close();
        }
    }

    private Duration longest() {
        return Duration.ofMillis(Math.min(Duration.ofDays(30).toMillis(), readings / devices * intervalMillis));
    }

    private String ask(Duration span, boolean cold) throws Exception {
        Random random = new Random(3);
        double[] millis = new double[span.toDays() > 1 ? QUESTIONS / 5 : QUESTIONS];
        SqliteDatabase database = SqliteDatabase.open(file);
        Queries queries = new Queries(database, Duration.ofMinutes(1));
        for (int question = -3; question < millis.length; question++) {
            if (cold) {
                queries.close();
                database.close();
                DeviceBytes.forget(file);
                database = SqliteDatabase.open(file);
                queries = new Queries(database, Duration.ofMinutes(1));
            }
            int device = random.nextInt(devices / 10) * 10 + random.nextInt(7);
            long room = readings / devices * intervalMillis - span.toMillis();
            Instant from = Instant.ofEpochMilli(Telemetry.START_MILLIS + (room > 0 ? random.nextLong(room) : 0));
            long begun = System.nanoTime();
            SeriesColumns columns = new SeriesQuery(queries, Duration.ofMinutes(10))
                    .spread(
                            Telemetry.device(device),
                            "temperature_c",
                            Buckets.of(from, from.plus(span), span.equals(YEAR) ? YEAR_BUCKETS : BUCKETS));
            if (question >= 0) {
                millis[question] = (System.nanoTime() - begun) / 1e6;
            }
            if (Arrays.stream(columns.avg()).filter(Double::isNaN).count() > 2) {
                throw new IllegalStateException("the answer has gaps");
            }
        }
        queries.close();
        database.close();
        Arrays.sort(millis);
        return "%.1f / %.1f".formatted(millis[millis.length / 2], millis[millis.length * 95 / 100]);
    }

    private void fill() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            for (int device = 0; device < devices; device++) {
                update(
                        connection,
                        "insert into device (id, family, first_seen_at, last_seen_at) values (?, 'paku', 0, 0)",
                        Telemetry.device(device));
                update(
                        connection,
                        "insert into source (id, device, family, site, system, sensor, location, mac) values (?, ?, 'paku', 'paku', ?, '', ?, '')",
                        device,
                        Telemetry.device(device),
                        Telemetry.system(device),
                        Telemetry.place(device));
            }
            Telemetry telemetry = new Telemetry();
            FlatObject object = new FlatObject();
            for (int kind = 6; kind < 10; kind++) {
                addShape(connection, kind, object.read(telemetry.metrics(kind, 0)));
            }
            addReadings(connection, telemetry, object);
            connection.setAutoCommit(true);
            connection.createStatement().execute("pragma wal_checkpoint(truncate)");
        }
    }

    private static void addShape(Connection connection, int id, FlatObject object) throws SQLException {
        StringBuilder names = new StringBuilder("[");
        for (int member = 0; member < object.count(); member++) {
            names.append(member == 0 ? "\"" : ",\"").append(object.name(member)).append('"');
        }
        update(
                connection,
                "insert into shape (id, names) values (?, ?)",
                id,
                names.append(']').toString());
        for (int member = 0; member < object.count(); member++) {
            update(
                    connection,
                    "insert into metric (name, shape_id, path) values (?, ?, ?)",
                    object.name(member),
                    id,
                    "$[" + member + "]");
        }
    }

    private void addReadings(Connection connection, Telemetry telemetry, FlatObject object) throws SQLException {
        try (PreparedStatement hour =
                        connection.prepareStatement("insert into source_hour values (?, ?) on conflict do nothing");
                PreparedStatement mark = connection.prepareStatement("insert into unrolled values (0, ?, ?)");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into reading (minute, source_id, measured_at, received_at, flags, shape_id, \"values\")"
                                + " values (?, ?, ?, ?, 0, ?, ?)")) {
            long[] hours = new long[devices];
            for (int message = 0; message < readings; message++) {
                int device = message % devices;
                long measuredAt = Telemetry.START_MILLIS + message / devices * intervalMillis + device * 137L;
                insert.setLong(1, measuredAt / 60_000);
                insert.setInt(2, device);
                insert.setLong(3, measuredAt);
                insert.setLong(4, measuredAt + 250);
                insert.setInt(5, Math.max(6, device % 10));
                insert.setString(
                        6,
                        new String(
                                object.read(telemetry.metrics(device, message / devices))
                                        .values(),
                                StandardCharsets.UTF_8));
                insert.addBatch();
                if (measuredAt / 3_600_000 != hours[device]) {
                    hours[device] = measuredAt / 3_600_000;
                    hour.setInt(1, device);
                    hour.setLong(2, measuredAt / 3_600_000);
                    hour.addBatch();
                    mark.setInt(1, device);
                    mark.setLong(2, measuredAt / 3_600_000);
                    mark.addBatch();
                }
                if (message % 500 == 499 || message == readings - 1) {
                    insert.executeBatch();
                    hour.executeBatch();
                    mark.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int value = 0; value < values.length; value++) {
                statement.setObject(value + 1, values[value]);
            }
            statement.executeUpdate();
        }
    }
}
