package org.caravanhub.store;

import java.nio.file.Path;
import java.util.Objects;
import org.caravanhub.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The same through the spool, into PostgreSQL. */
final class ReplacementsOnPostgresTest extends ReplacementsTest {
    private final TestPostgres postgres = TestPostgres.fresh();
    private @Nullable TestSpool spool;

    @Override
    TestDatabase open(Path data) {
        TestSpool opened = new TestSpool(data, postgres);
        spool = opened;
        return opened;
    }

    @Override
    Intake intake() {
        return Objects.requireNonNull(spool).spool;
    }

    @AfterEach
    void stop() {
        postgres.close();
    }
}
