package org.caravanhub.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures row layouts through JDBC as the hub writes: one connection, WAL, {@code synchronous=FULL}, one transaction a batch.
 *
 * <p>{@code RowLayouts commit|fill|device DIRECTORY COUNT [layout name part]} prints a Markdown table;
 * after the part of a name, the number of devices (20).
 */
public final class RowLayouts {
    private static final long INTERVAL_MILLIS = 10_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int QUESTIONS = 50;

    private final Path directory;
    private final int devices;
    private final Telemetry telemetry = new Telemetry();

    private RowLayouts(Path directory, int devices) {
        this.directory = directory;
        this.devices = devices;
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        RowLayouts layouts = new RowLayouts(
                Files.createDirectories(Path.of(arguments[1])),
                arguments.length > 4 ? Integer.parseInt(arguments[4]) : 20);
        int count = Integer.parseInt(arguments[2]);
        String part = arguments.length > 3 ? arguments[3] : "";
        List<Layout> chosen = new ArrayList<>(Layout.all());
        chosen.removeIf(layout -> !layout.name.contains(part));
        switch (arguments[0]) {
            case "commit" -> layouts.commit(chosen, count);
            case "fill" -> layouts.fill(chosen, count);
            case "device" -> layouts.device(chosen, count);
            default -> throw new IllegalArgumentException("commit, fill or device, not " + arguments[0]);
        }
    }

    /** What a commit costs, in batches of 500 and of 1 to 20. */
    private void commit(List<Layout> chosen, int count) throws Exception {
        System.out.println(
                "| layout | batch | readings/s | CPU-s per 100,000 | of three rounds |\n|---|---|---|---|---|");
        double[][][] seen = new double[chosen.size()][2][3];
        double[][][] cpu = new double[chosen.size()][2][3];
        for (int round = -1; round < 3; round++) {
            for (int which = 0; which < chosen.size(); which++) {
                for (int small = 0; small < 2; small++) {
                    Path file = fresh("commit");
                    try (Connection writer = writer(file, chosen.get(which))) {
                        int readings = small == 1 ? count / 10 : count;
                        Random random = new Random(7);
                        write(writer, chosen.get(which), 0, readings / 10, () -> 500);
                        long cpuFrom = cpuNanos();
                        long from = System.nanoTime();
                        boolean few = small == 1;
                        write(
                                writer,
                                chosen.get(which),
                                readings / 10,
                                readings,
                                () -> few ? 1 + random.nextInt(20) : 500);
                        if (round >= 0) {
                            seen[which][small][round] = readings * 0.9 / (System.nanoTime() - from) * 1e9;
                            cpu[which][small][round] = (cpuNanos() - cpuFrom) / 1e9 / (readings * 0.9) * 1e5;
                        }
                    }
                }
            }
        }
        for (int which = 0; which < chosen.size(); which++) {
            for (int small = 0; small < 2; small++) {
                System.out.printf(
                        "| %s | %s | %,.0f | %.2f | %s |%n",
                        chosen.get(which).name,
                        small == 1 ? "1-20" : "500",
                        median(seen[which][small]),
                        median(cpu[which][small]),
                        spread(seen[which][small]));
            }
        }
    }

    /** Size after 2 million and after all readings in order of arrival, then questions, warm and cold. */
    private void fill(List<Layout> chosen, int count) throws Exception {
        System.out.println("| layout | readings | bytes per reading at 2 million | at the end | readings/s |"
                + " 24 h warm p50 / p95 ms | cold | 30 days warm | cold |\n|---|---|---|---|---|---|---|---|---|");
        for (Layout layout : chosen) {
            Path file = fresh("fill");
            long early = 0;
            double rate;
            try (Connection writer = writer(file, layout)) {
                long from = System.nanoTime();
                write(writer, layout, 0, Math.min(count, 2_000_000), () -> 500);
                early = bytes(writer) / Math.min(count, 2_000_000);
                write(writer, layout, Math.min(count, 2_000_000), count, () -> 500);
                rate = count / ((System.nanoTime() - from) / 1e9);
                early = Math.max(early, 1);
                System.out.printf(
                        "| %s | %,d | %d | %d | %,.0f", layout.name, count, early, bytes(writer) / count, rate);
                writer.setAutoCommit(true);
                writer.createStatement().execute("pragma wal_checkpoint(truncate)");
            }
            long days = count / devices * INTERVAL_MILLIS;
            for (long span : new long[] {DAY_MILLIS, Math.min(30 * DAY_MILLIS, days)}) {
                for (boolean cold : new boolean[] {false, true}) {
                    System.out.printf(" | %s", ask(file, layout, span, days, cold));
                }
            }
            System.out.println(" |");
            Files.delete(file);
        }
    }

    private String ask(Path file, Layout layout, long span, long days, boolean cold) throws Exception {
        Random random = new Random(3);
        int questions = span == DAY_MILLIS ? QUESTIONS : 10;
        double[] millis = new double[questions];
        Connection reader = null;
        for (int question = cold ? 0 : -3; question < questions; question++) {
            int source = random.nextInt(devices / 10) * 10 + random.nextInt(7);
            long from = Telemetry.START_MILLIS + (days > span ? random.nextLong(days - span) : 0);
            if (cold || reader == null) {
                if (reader != null) {
                    reader.close();
                }
                if (cold) {
                    DeviceBytes.forget(file);
                }
                reader = DriverManager.getConnection("jdbc:sqlite:" + file);
            }
            long begun = System.nanoTime();
            int points = 0;
            try (PreparedStatement statement = reader.prepareStatement(layout.means())) {
                statement.setInt(1, source);
                statement.setLong(2, from);
                statement.setLong(3, from + span);
                statement.setString(4, "$.temperature_c");
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        points += rows.getDouble(2) > 0 ? 1 : 0;
                    }
                }
            }
            if (points < span / 300_000 - 1) {
                throw new IllegalStateException(layout.name + " answered with " + points + " points");
            }
            if (question >= 0) {
                millis[question] = (System.nanoTime() - begun) / 1e6;
            }
        }
        if (reader != null) {
            reader.close();
        }
        Arrays.sort(millis);
        return "%.1f / %.1f".formatted(millis[questions / 2], millis[questions * 95 / 100]);
    }

    /** Bytes that reach the device for each message, in commits of 1 to 40, into a file that has 200,000 readings already. */
    private void device(List<Layout> chosen, int count) throws Exception {
        DeviceBytes device = new DeviceBytes(directory);
        System.out.println(
                "| layout | device bytes per message, commits of 1 | of 2 | of 10 | of 20 | of 40 |\n|---|---|---|---|---|---|");
        for (Layout layout : chosen) {
            System.out.printf("| %s", layout.name);
            for (int batch : new int[] {1, 2, 10, 20, 40}) {
                Path file = fresh("device");
                try (Connection writer = writer(file, layout)) {
                    int filled = 200_000;
                    write(writer, layout, 0, filled, () -> 500);
                    long before = device.written();
                    write(writer, layout, filled, filled + count, () -> batch);
                    System.out.printf(" | %,d", (device.written() - before) / count);
                }
                Files.deleteIfExists(file);
            }
            System.out.println(" |");
        }
    }

    private void write(Connection writer, Layout layout, int from, int until, java.util.function.IntSupplier size)
            throws SQLException {
        try (Layout.Sink sink = layout.sink(writer)) {
            List<Layout.Row> batch = new ArrayList<>(500);
            int room = size.getAsInt();
            for (int message = from; message < until; message++) {
                long sequence = message / devices;
                int source = message % devices;
                batch.add(new Layout.Row(
                        source,
                        Telemetry.START_MILLIS + sequence * INTERVAL_MILLIS + source * 137L,
                        telemetry.metrics(source, sequence)));
                if (batch.size() == room || message == until - 1) {
                    sink.write(batch);
                    writer.commit();
                    batch.clear();
                    room = size.getAsInt();
                }
            }
        }
    }

    private Path fresh(String name) throws Exception {
        Path file = directory.resolve(name + ".db");
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        return file;
    }

    private static Connection writer(Path file, Layout layout) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma page_size = " + layout.pageSize);
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma journal_size_limit = 16777216");
            statement.execute("pragma wal_autocheckpoint = " + 4_096_000 / layout.pageSize);
        }
        layout.create(connection);
        connection.setAutoCommit(false);
        return connection;
    }

    private static long bytes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var pages = statement.executeQuery(
                        "select page_count * page_size from pragma_page_count, pragma_page_size")) {
            return pages.getLong(1);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String spread(double[] values) {
        return "%,.0f-%,.0f"
                .formatted(
                        Arrays.stream(values).min().orElseThrow(),
                        Arrays.stream(values).max().orElseThrow());
    }
}
