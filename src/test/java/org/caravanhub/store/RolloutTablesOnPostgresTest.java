package org.caravanhub.store;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with PostgreSQL as the database. */
final class RolloutTablesOnPostgresTest extends RolloutTablesTest {
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
        return new TestSpool(data, postgres, "rollout_" + ++schemas);
    }
}
