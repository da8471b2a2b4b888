package org.caravanhub.api;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;

/** The same, with PostgreSQL as the database. */
final class RegistryOnPostgresTest extends RegistryTest {
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
