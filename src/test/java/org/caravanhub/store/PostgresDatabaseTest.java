package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.caravanhub.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL must be like, and what is done about it. */
final class PostgresDatabaseTest {
    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.fresh();
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Test
    void twoHubsThatStartTogetherMakeTheTablesOnce() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<PostgresDatabase> open = () -> PostgresDatabase.open(address("together"));
            for (Future<PostgresDatabase> database : two.invokeAll(List.of(open, open))) {
                try (PostgresDatabase opened = database.get()) {
                    assertThat(new DeviceBook(new Queries(opened, java.time.Duration.ofSeconds(5))).count())
                            .isZero();
                }
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void aSchemaOfAnotherProgramIsRefusedAndNotTouched() {
        postgres.run("create schema foreign_one; create table foreign_one.measurements (id int)");

        assertThatThrownBy(() -> PostgresDatabase.open(address("foreign_one")))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("tables of another program")
                .hasMessageContaining("currentSchema");
    }

    @Test
    void tablesOfANewerCaravanAreRefused() {
        PostgresDatabase.open(address("newer")).close();
        postgres.run("insert into newer.flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) values (99, '99', '', 'SQL', '', '', 1, true)");

        assertThatThrownBy(() -> PostgresDatabase.open(address("newer")))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("newer Caravan (schema 99");
    }

    @Test
    void oneThatIsNotThereIsNoReasonNotToStart() {
        PostgresAddress nobody =
                PostgresAddress.of("jdbc:postgresql://127.0.0.1:1/none", Optional.of("caravan"), Optional.of("s3cret"));
        try (PostgresDatabase database = PostgresDatabase.open(nobody)) {
            DeviceBook devices = new DeviceBook(new Queries(database, java.time.Duration.ofSeconds(5)));

            assertThat(database.bytes()).isZero();
            assertThatThrownBy(devices::count).isInstanceOf(DatabaseAway.class);
        }
    }

    private static PostgresAddress address(String schema) {
        return PostgresAddress.of(postgres.url() + "&currentSchema=" + schema, Optional.empty(), Optional.empty());
    }
}
