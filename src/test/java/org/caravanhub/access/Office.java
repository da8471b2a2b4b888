package org.caravanhub.access;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanhub.TestPostgres;
import org.caravanhub.broker.Account;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.store.AccessBook;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Spool;
import org.caravanhub.store.SqliteDatabase;

/** The part of a hub that lets devices in, with a real database and a clock that is set by hand. */
final class Office implements AutoCloseable {
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
    final Accounts accounts;
    final Provisioning provisioning;

    /** Whether nothing of a damaged file has still to come back. */
    volatile boolean isWhole = true;

    /** Users that the broker was given last. */
    volatile List<String> atBroker = List.of();

    private final Database database;
    private final Optional<Spool> spool;
    private final GroupCommit writer;
    private final Queries queries;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Objects.requireNonNull(now.get());
        }
    };

    static Office with(Path data) {
        return new Office(data, SqliteDatabase.open(data.resolve("caravan.db")));
    }

    static Office with(Path data, TestPostgres postgres) {
        return new Office(
                data, PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())));
    }

    private Office(Path data, Database database) {
        this.database = database;
        spool = database instanceof PostgresDatabase postgres
                ? Optional.of(Spool.open(data.resolve("spool.db"), postgres, CommitPolicy.DEFAULT, clock))
                : Optional.empty();
        writer = spool.map(Spool::tables).orElseGet(() -> new GroupCommit(database, CommitPolicy.DEFAULT, clock));
        queries = new Queries(database, Duration.ofSeconds(5));
        AccessBook book = new AccessBook(queries, new Changes(writer, database));
        BrokerAccess broker = new BrokerAccess() {
            @Override
            public void apply(Collection<Account> devices, Map<String, String> secrets) {
                atBroker = devices.stream().map(Account::user).toList();
            }

            @Override
            public State state() {
                return new State(true, "");
            }
        };
        accounts = new Accounts(book, database, broker, List.of(), data.resolve("broker"), () -> isWhole, clock);
        provisioning = new Provisioning(book, accounts, LoginProof.NONE, new RegistryListener() {}, clock);
    }

    Provisioning.Issued provision(String id) {
        return provision(id, new Registration.Topics("caravan", "", ""));
    }

    Provisioning.Issued provision(String id, Registration.Topics topics) {
        return provisioning.provision(new Provisioning.Wish(id, topics, "", "", "", List.of(), "", ""), "admin");
    }

    boolean letsIn(Provisioning.Issued issued) {
        return accounts.device(issued.user(), issued.password()).isPresent();
    }

    @Override
    public void close() throws InterruptedException {
        accounts.close();
        if (spool.isPresent()) {
            spool.get().close();
        } else {
            writer.close();
        }
        queries.close();
        database.close();
    }
}
