package org.caravanhub.alert;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.TestPostgres;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.caravanhub.store.AlertTables;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;

/** Alerts in a real database, a clock that the test sets, and what was told. */
final class TestAlerts implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    final SetClock clock = new SetClock(NOON);
    final List<Dispatch> told = new CopyOnWriteArrayList<>();
    private final List<AlertCentre> made = new ArrayList<>();
    final Database database;
    final GroupCommit writer;
    final Queries queries;
    final AlertTables book;

    static TestAlerts in(Path folder) {
        return new TestAlerts(SqliteDatabase.open(folder.resolve("caravan.db")));
    }

    static TestAlerts on(TestPostgres postgres) {
        return new TestAlerts(
                PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())));
    }

    private TestAlerts(Database database) {
        this.database = database;
        this.writer = new GroupCommit(database, CommitPolicy.DEFAULT, clock);
        this.queries = new Queries(database, Duration.ofSeconds(5));
        this.book = new AlertTables(queries, new Changes(writer, database));
    }

    /** A hub that starts: it knows what the one before has written. */
    AlertCentre centre() {
        return centre(book, Outbox.NONE);
    }

    AlertCentre centre(AlertBook kept, Outbox outbox) {
        AlertCentre centre = new AlertCentre(kept, told::add, outbox, alert -> {}, clock);
        centre.look();
        made.add(centre);
        return centre;
    }

    /** What was told since it was asked last: state and title. */
    List<String> heard() {
        List<String> heard = new ArrayList<>();
        told.forEach(dispatch ->
                heard.add(dispatch.state().word() + " " + dispatch.notice().title()));
        told.clear();
        return heard;
    }

    Notice notice(String name, String device, Priority priority, String title) {
        return new Notice(name, name, title, "text", priority, device, clock.instant());
    }

    Notice cold(String device) {
        return notice("frost", device, Priority.NORMAL, device + " is cold");
    }

    AuditEntry audit(String action) {
        return new AuditEntry(clock.instant(), "admin", action, "alert/1", "{}");
    }

    @Override
    public void close() throws Exception {
        // Those that were killed in the story, too: their threads must not outlive the test.
        made.forEach(AlertCentre::close);
        writer.close();
        queries.close();
        database.close();
    }

    /** Stands still until it is set. */
    static final class SetClock extends Clock {
        private volatile Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
