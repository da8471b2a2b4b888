package org.caravanhub.store;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterEach;

/** The same through the spool, into PostgreSQL. */
final class ReplacementsOnPostgresTest extends ReplacementsTest {
    private final TestPostgres postgres = TestPostgres.fresh();
    private TestSpool spool;

    @Override
    TestDatabase open(Path data) {
        spool = new TestSpool(data, postgres);
        return spool;
    }

    @Override
    Intake intake() {
        return spool.spool;
    }

    @AfterEach
    void stop() {
        postgres.close();
    }
}
