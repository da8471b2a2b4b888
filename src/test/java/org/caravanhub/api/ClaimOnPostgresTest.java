package org.caravanhub.api;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterEach;

/** The same story, with PostgreSQL as the database. */
final class ClaimOnPostgresTest extends ClaimTest {
    private final TestPostgres postgres = TestPostgres.fresh();

    @Override
    TestHub open(Path data) throws Exception {
        return new TestHub(data, postgres);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }
}
