package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The PostgreSQL of the tests does to its clients what a real one would. */
class TestPostgresTest {
    @Test
    void whatWasCommittedOutlivesKillAndStop() throws SQLException {
        try (TestPostgres postgres = TestPostgres.fresh()) {
            postgres.run("create table kept (n int); insert into kept values (1)");
            postgres.kill();
            assertThatThrownBy(postgres::connect).isInstanceOf(SQLException.class);
            postgres.start();
            postgres.run("insert into kept values (2)");
            postgres.stop();
            postgres.start();
            try (Connection connection = postgres.connect();
                    var rows = connection.createStatement().executeQuery("select sum(n) from kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void suspendedItAcceptsNobodyAndResumedItGoesOn() throws SQLException {
        try (TestPostgres postgres = TestPostgres.fresh();
                Connection connection = postgres.connect()) {
            postgres.suspend();
            assertThat(connection.isValid(1)).isFalse();
            postgres.resume();
            try (Connection again = postgres.connect()) {
                assertThat(again.isValid(5)).isTrue();
            }
        }
    }
}
