package org.caravanhub.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.notice.Priority;

/** Where alerts are kept. Whatever it throws, nothing was changed, and it can be asked again. */
public interface AlertBook {
    /** Those that are not over, oldest first. */
    List<Alert> open();

    /** What is not told at this moment. */
    List<Mute> mutes(Instant now);

    /** What is still to be sent, oldest first. */
    List<Pending> pending();

    /** The alert of this number. */
    Optional<Alert> find(long id);

    /** A page, newest first. */
    List<Alert> page(Filter filter, long before, int limit);

    /**
     * Writes all of it in one transaction.
     *
     * @return the number of each alert, in the same order
     */
    List<Long> write(Page page);

    /** Lets go what was over before, of so many rows. */
    void forget(Instant before);

    /**
     * Which alerts are asked for.
     *
     * @param state its word, {@code unresolved}, or empty for all
     * @param device its id, or empty for all
     * @param severity or all
     */
    record Filter(String state, String device, Optional<Priority> severity) {}

    /**
     * What is written at once.
     *
     * @param alerts as they are now; one that is new has the number 0
     * @param added what is still to be sent
     * @param gone what is not any more
     * @param mutes what is muted, or until a moment that has passed
     * @param audit who did it, if it was somebody
     */
    record Page(List<Alert> alerts, List<Pending> added, List<Pending> gone, List<Mute> mutes, List<AuditEntry> audit) {
        boolean isEmpty() {
            return alerts.isEmpty() && added.isEmpty() && gone.isEmpty() && mutes.isEmpty() && audit.isEmpty();
        }
    }
}
