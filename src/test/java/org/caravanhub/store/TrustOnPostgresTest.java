package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.TestPostgres;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.signature.KeyText;
import org.caravanhub.ota.signature.TestSigner;
import org.caravanhub.ota.trust.FirmwarePolicy;
import org.caravanhub.ota.trust.TrustedKey;
import org.junit.jupiter.api.Test;

/** Whom the owner trusts, kept in the other database. */
final class TrustOnPostgresTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final AuditEntry AUDIT = new AuditEntry(NOON, "admin", "test", "test", "{}");

    @Test
    void whatIsSaidIsKeptAndTheLastWordCounts() throws Exception {
        TestSigner signer = new TestSigner();
        TrustedKey one = new TrustedKey("ci", KeyText.read(signer.minisignKey()), NOON, "admin");
        TrustedKey two = new TrustedKey("ci", KeyText.read(signer.p256Key()), NOON.plusSeconds(9), "maria");
        try (TestPostgres postgres = TestPostgres.fresh();
                Database database =
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty()));
                GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
                Queries queries = new Queries(database, Duration.ofSeconds(5))) {
            TrustTables book = new TrustTables(queries, new Changes(writer, database));
            assertThat(book.add(one, AUDIT)).isTrue();
            assertThat(book.add(two, AUDIT)).as("there is one of this name").isFalse();
            assertThat(book.keys()).containsExactly(one);
            assertThat(book.remove("ci", AUDIT)).isTrue();
            assertThat(book.remove("ci", AUDIT)).isFalse();
            assertThat(book.add(two, AUDIT)).isTrue();
            assertThat(book.keys()).containsExactly(two);

            book.save(new FirmwarePolicy("edge", true, NOON, "admin"), AUDIT);
            book.save(new FirmwarePolicy("edge", false, NOON.plusSeconds(1), "maria"), AUDIT);
            assertThat(book.policies())
                    .containsExactly(new FirmwarePolicy("edge", false, NOON.plusSeconds(1), "maria"));
            assertThat(book.policy("valve")).isEmpty();
        }
    }
}
