package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written as the address of a PostgreSQL, and what is told of it. */
final class PostgresAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://hut:s3cret@db/caravan",
                "jdbc:mysql://db/caravan?user=hut&password=s3cret",
                "jdbc:postgresql://hut:s3cret@db/caravan",
                "jdbc:postgresql://db:port/caravan?user=hut&password=s3cret",
                "s3cret"
            })
    void nonsenseIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> PostgresAddress.of(url, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://HOST:5432/DATABASE")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void somebodyMustSignIn() {
        assertThatThrownBy(() -> PostgresAddress.of("jdbc:postgresql://db/hub", Optional.empty(), Optional.empty()))
                .hasMessageContaining("caravan.db.user");
    }

    @Test
    void itsTextHasNoSecret() {
        PostgresAddress address = PostgresAddress.of(
                "jdbc:postgresql://db:5433/hub?user=hut&password=s3cret&currentSchema=van",
                Optional.empty(),
                Optional.empty());

        assertThat(address).hasToString("PostgreSQL db:5433/hub schema van");
        assertThat(address.connection()).containsEntry("password", "s3cret").containsEntry("user", "hut");
    }
}
