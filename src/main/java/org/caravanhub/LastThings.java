package org.caravanhub;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.LogBound;
import org.caravanhub.store.Spool;
import org.caravanhub.store.SqliteDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is brought to safety while there is still power for it: readings that wait for a commit, the database's log, the broker's sessions. */
final class LastThings {
    private static final Logger LOG = LoggerFactory.getLogger(LastThings.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private LastThings() {}

    /** Takes some seconds at most; what fails is told, and the rest is done all the same. */
    static void bringToSafety(
            Database database, GroupCommit writer, Optional<Spool> spool, Optional<EmbeddedBroker> broker) {
        Intake intake = spool.<Intake>map(waits -> waits).orElse(writer);
        LongSupplier waiting = () -> spool.map(waits -> waits.state().intake())
                .orElseGet(writer::state)
                .waiting();
        attempt("commit", () -> commit(intake, waiting));
        if (database instanceof SqliteDatabase sqlite) {
            attempt("log", () -> new LogBound(sqlite).fold());
        }
        broker.ifPresent(embedded -> attempt("broker", embedded::saveState));
    }

    private static void commit(Intake intake, LongSupplier waiting) throws Exception {
        long until = System.nanoTime() + LONGEST.toNanos();
        try (AutoCloseable hurried = intake.hurryForNow()) {
            while (waiting.getAsLong() > 0 && System.nanoTime() - until < 0) {
                Thread.sleep(20);
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void attempt(String what, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("power=floor {}=not-brought-to-safety reason=\"{}\"", what, e.getMessage());
        }
    }
}
