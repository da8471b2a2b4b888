package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** No question goes through all that was ever kept: SQLite's own plan for each file says so. */
final class QueryPlanTest {
    private static final Path FILES = Path.of("src/main/resources/sql");
    /** Tables that grow with what is kept, and their aliases in the files. */
    private static final String LARGE =
            "(?s).*SCAN (reading|quarantine|source_hour|event|status|configuration|r|h|q)( .*|)";

    @TempDir
    static Path folder;

    private static SqliteDatabase database;

    @BeforeAll
    static void open() {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> noFileReadsEverything() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(FILES)) {
            files = tree.filter(file -> file.toString().endsWith(".sql"))
                    // What the writer does is measured by the rate at which it drains, and its counting is done once.
                    .filter(file -> !FILES.relativize(file).startsWith("store"))
                    // Of files that are read or written whole.
                    .filter(file -> !FILES.relativize(file).startsWith("transfer"))
                    // Done once after a clock was wrong, in a table that is never large.
                    .filter(file -> !file.endsWith("shift-quarantine.sql"))
                    .filter(file -> !file.endsWith("clear-unknown-topics.sql"))
                    // The spool is a file of its own, asked by its key only.
                    .filter(file -> !FILES.relativize(file).startsWith("spool"))
                    .filter(file -> !file.toString().endsWith(Dialect.POSTGRES.ending()))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(8);
        return files.stream()
                .map(file -> FILES.relativize(file).toString().replace(".sql", ""))
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(plan(Sql.load(name))).noneMatch(step -> step.matches(LARGE))));
    }

    private static List<String> plan(Sql sql) throws Exception {
        List<String> steps = new ArrayList<>();
        try (Connection connection = database.readers().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "explain query plan " + sql.in(Dialect.SQLITE).text());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }
}
