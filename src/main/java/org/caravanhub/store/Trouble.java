package org.caravanhub.store;

import java.sql.BatchUpdateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a writer cannot write, and since when; tells the log when that begins and ends. Changed by its writer, read by anybody. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    /** A disk that fails now and then would fill the log with what begins and ends. */
    private static final long BETWEEN_WORDS_NANOS = Duration.ofSeconds(10).toNanos();

    private final Of whose;
    private final Clock clock;
    private boolean isTold;
    private long toldAt = System.nanoTime() - BETWEEN_WORDS_NANOS;
    private volatile @Nullable String reason;
    private volatile Instant since;

    /** What is written to, and what it means when it cannot be. */
    enum Of {
        STORE("store", "nothing is acknowledged until this is over"),
        SPOOL("spool", "nothing is acknowledged until this is over"),
        ELSEWHERE("database", "what comes is acknowledged and waits in the spool");

        private final String name;
        private final String meanwhile;

        Of(String name, String meanwhile) {
            this.name = name;
            this.meanwhile = meanwhile;
        }
    }

    Trouble(Of whose, Clock clock) {
        this.whose = whose;
        this.clock = clock;
        this.since = clock.instant();
    }

    String name() {
        return whose.name;
    }

    /** Empty while all is well. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Since when it is as it is. */
    Instant since() {
        return since;
    }

    /** For whoever is told that something was not stored. */
    String whyNot() {
        return reason().map(says -> "the database says " + says).orElse("the store is behind");
    }

    void because(Exception e) {
        if (reason == null) {
            since = clock.instant();
        }
        if (!isTold && System.nanoTime() - toldAt >= BETWEEN_WORDS_NANOS) {
            isTold = true;
            toldAt = System.nanoTime();
            LOG.warn("{}=blocked reason=\"{}\" \"{}\"", whose.name, inOneLine(e), whose.meanwhile);
        }
        reason = inOneLine(e);
    }

    void over() {
        if (reason != null) {
            if (isTold) {
                LOG.info("{}=going-again after={}", whose.name, Duration.between(since, clock.instant()));
            }
            isTold = false;
            reason = null;
            since = clock.instant();
        }
    }

    /** Of a batch that failed, the driver's own words repeat the rows, and the cause does not. */
    static String inOneLine(Exception e) {
        Throwable cause = e instanceof BatchUpdateException && e.getCause() != null ? e.getCause() : e;
        return String.valueOf(cause.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
