package org.caravanhub.store;

import java.time.Duration;

/**
 * How the writer works.
 *
 * @param maxOutcomes about how many outcomes go into one transaction
 * @param linger how long a first outcome waits for others to share its commit: zero answers soonest, more spares the SD card
 * @param quarantineRows how many messages quarantine holds
 * @param quarantineBytes how many bytes of messages quarantine holds
 */
public record CommitPolicy(int maxOutcomes, Duration linger, long quarantineRows, long quarantineBytes) {
    /** At once; 10,000 messages or 32 MiB in quarantine. */
    public static final CommitPolicy DEFAULT = new CommitPolicy(2000, Duration.ZERO, 10_000, 32L * 1024 * 1024);

    /** The same, at once. */
    CommitPolicy withoutLinger() {
        return new CommitPolicy(maxOutcomes, Duration.ZERO, quarantineRows, quarantineBytes);
    }
}
