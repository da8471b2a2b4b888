package org.caravanhub.api;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;

/** The same pages, with PostgreSQL as the database. */
final class ReadingPagesOnPostgresTest extends ReadingPagesTest {
    private final TestPostgres postgres = TestPostgres.fresh();

    @Override
    TestHub open(Path data) throws Exception {
        return new TestHub(data, postgres);
    }

    @AfterAll
    void end() {
        postgres.close();
    }
}
