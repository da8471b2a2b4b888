package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No question goes through all that was ever kept: PostgreSQL's own plans of 50,000 readings say so. */
final class PostgresPlanTest {
    private static final Path FILES = Path.of("src/main/resources/sql");
    private static final String JUNE = "1780272000000";

    private static TestPostgres postgres;
    private static PostgresDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        postgres = TestPostgres.fresh();
        database = PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty()));
        try (Connection connection = database.openWriter();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into device (id, family, first_seen_at, last_seen_at)"
                    + " select 'd' || n, 'paku', now(), now() from generate_series(1, 50) n");
            statement.execute("insert into source (device, family, site, system, sensor, location, mac)"
                    + " select id, 'paku', 'paku', 'sensors', '', '', '' from device");
            statement.execute("insert into reading select 1 + n % 50, at_ms(" + JUNE + " + n * 200::bigint), now(), 0,"
                    + " '{\"temperature_c\": 21.4}' from generate_series(1, 50000) n");
            statement.execute(
                    "insert into source_hour select distinct source_id, ms(measured_at) / 3600000 from reading");
            statement.execute("insert into unrolled select 0, source_id, hour from source_hour");
            statement.execute("insert into series (source_id, metric) select id, 'temperature_c' from source");
            statement.execute("insert into roll_up_5_minutes select b, s.id, 1, 1, 1, 1, 1, 1, null from series s,"
                    + " generate_series(1, 600) b");
            statement.execute("insert into roll_up_hour select s.id, b, 1, 1, 1, 1, 1, 1, null from series s,"
                    + " generate_series(1, 600) b");
            statement.execute("insert into roll_up_day select s.id, b, 1, 1, 1, 1, 1, 1, null from series s,"
                    + " generate_series(1, 600) b");
            statement.execute("analyze");
        }
    }

    @AfterAll
    static void end() {
        database.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> noFileReadsEverything() throws IOException {
        List<String> names;
        try (Stream<Path> tree = Files.walk(FILES)) {
            names = tree.map(file -> FILES.relativize(file).toString())
                    .filter(name -> name.endsWith(Dialect.POSTGRES.ending()))
                    .filter(name -> !name.startsWith("store") && !name.startsWith("spool"))
                    .map(name -> name.replace(Dialect.POSTGRES.ending(), ""))
                    .sorted()
                    .toList();
        }
        assertThat(names).hasSizeGreaterThan(8);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(plan(Sql.load(name))).doesNotContain("Seq Scan on reading")));
    }

    @TestFactory
    Stream<DynamicTest> noStepOfUpkeepGoesThroughASum() {
        return Stream.of("clear-5-minutes", "sum-5-minutes", "clear-hours", "sum-hours", "clear-days", "sum-days")
                .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(plan(Sql.load("upkeep/" + name)))
                        .doesNotContain("Seq Scan on reading", "Seq Scan on roll_up")));
    }

    @Test
    void aQuestionOfADashboardUsesTheKeyOfReading() throws SQLException {
        String plan =
                explain("select date_trunc('minute', ts), avg((metrics->>'temperature_c')::numeric) from measurements"
                        + " where device_id = 'd7' and ts >= at_ms(" + JUNE + ") and ts < at_ms(" + JUNE
                        + " + 3600000) group by 1");

        assertThat(plan).contains("reading_pkey").doesNotContain("Seq Scan on reading");
    }

    @Test
    void measurementsHasTheColumnsOfPaku() throws SQLException {
        try (Connection connection = database.openWriter();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select string_agg(column_name || ' ' || data_type, ', '"
                                + " order by ordinal_position) from information_schema.columns where table_name = 'measurements'")) {
            row.next();
            assertThat(row.getString(1))
                    .isEqualTo("id bigint, site_id text, system text, device_id text, location text, mac text,"
                            + " ts timestamp with time zone, metrics jsonb, created_at timestamp with time zone");
        }
        try (Connection connection = database.openWriter()) {
            assertThat(SqliteDatabase.number(connection, "select count(distinct id) from measurements"))
                    .isEqualTo(50_000);
        }
    }

    /** With values, as the server plans it for these. */
    private static String plan(Sql sql) throws SQLException {
        Sql.Text text = sql.in(Dialect.POSTGRES);
        try (Connection connection = database.openWriter();
                PreparedStatement statement = connection.prepareStatement("explain " + text.text())) {
            for (int i = 0; i < text.parameters().size(); i++) {
                String parameter = text.parameters().get(i);
                boolean isNumber = parameter.equals("after") && text.text().contains("from quarantine");
                statement.setObject(i + 1, isNumber ? Long.valueOf(0) : example(parameter));
            }
            return lines(statement.executeQuery());
        }
    }

    private static @org.jspecify.annotations.Nullable Object example(String parameter) {
        long june = Long.parseLong(JUNE);
        return switch (parameter) {
            case "device" -> "d7";
            case "model" -> "lolin-c3";
            case "rollout" -> 1L;
            case "metric" -> "temperature_c";
            case "after" -> "";
            case "cause", "flow", "step", "subject", "who" -> null;
            case "source_id" -> 3L;
            case "hour" -> june / 3_600_000;
            case "ids" -> "7,9";
            case "from", "origin", "wrong_from" -> june;
            case "to", "place_at", "wrong_to" -> june + 3_600_000;
            case "bucket_ms" -> 60_000L;
            case "place_source" -> 3L;
            case "before", "id", "up_to", "since" -> 4000L;
            case "limit" -> 100;
            case "span_ms" -> 3_600_000L;
            case "gap_ms", "shift" -> 600_000L;
            case "first" -> june / 3_600_000 + 1;
            case "last" -> june / 3_600_000;
            case "marks" -> 1;
            case "unsure_bit", "no_time_bit", "future_bit", "late_bit" -> 4;
            case "today" -> june / 86_400_000;
            case "budget_bytes" -> 1_000_000L;
            default -> throw new AssertionError("no example for :" + parameter);
        };
    }

    private static String explain(String question) throws SQLException {
        try (Connection connection = database.openWriter();
                Statement statement = connection.createStatement()) {
            return lines(statement.executeQuery("explain " + question));
        }
    }

    private static String lines(ResultSet rows) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (rows.next()) {
            lines.append(rows.getString(1)).append('\n');
        }
        return lines.toString();
    }
}
