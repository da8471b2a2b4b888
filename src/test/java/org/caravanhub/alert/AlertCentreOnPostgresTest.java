package org.caravanhub.alert;

import java.nio.file.Path;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterEach;

/** The same stories in the other database. */
class AlertCentreOnPostgresTest extends AlertCentreTest {
    private final TestPostgres postgres = TestPostgres.fresh();

    @Override
    TestAlerts open(Path in) {
        return TestAlerts.on(postgres);
    }

    @AfterEach
    void end() {
        postgres.close();
    }
}
