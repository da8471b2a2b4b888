package org.caravanhub.store;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterEach;

/** The same in PostgreSQL. */
final class InquiriesOnPostgresTest extends InquiriesTest {
    private final TestPostgres postgres = TestPostgres.fresh();

    @Override
    TestDatabase open(Path data) {
        return new TestSpool(data, postgres);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }
}
