package org.caravanhub.store;

import java.nio.file.Path;
import java.util.List;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same stories with PostgreSQL as the database. */
final class EnergyTablesOnPostgresTest extends EnergyTablesTest {
    private static TestPostgres postgres;
    private static int schemas;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.fresh();
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Override
    TestDatabase open(Path data) {
        return new TestSpool(data, postgres, "story_" + ++schemas);
    }

    @Override
    TestDatabase again(Path data) {
        return new TestSpool(data, postgres, "story_" + schemas);
    }

    @Override
    void run(Path data, List<String> statements) {
        postgres.run("set search_path to story_" + schemas + "; " + String.join("; ", statements));
    }

    @Override
    void forgetHourAfter() {
        // Only SQLite's words need such a table.
    }
}
