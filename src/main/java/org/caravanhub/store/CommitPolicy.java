package org.caravanhub.store;

import java.time.Duration;

/**
 * How the writer works.
 *
 * @param maxOutcomes about how many outcomes go into one transaction
 * @param burst so many commits of what came alone, or last, may be made at once; one more each {@code pace}
 * @param pace how long outcomes wait at most for others to share their commit: zero answers soonest, more spares the SD card
 * @param enough so many outcomes that wait are committed at once
 * @param quarantineRows how many messages quarantine holds
 * @param quarantineBytes how many bytes of messages quarantine holds
 */
public record CommitPolicy(
        int maxOutcomes, int burst, Duration pace, int enough, long quarantineRows, long quarantineBytes) {
    /** At once; 10,000 messages or 32 MiB in quarantine. */
    public static final CommitPolicy DEFAULT = new CommitPolicy(2000, 20, Duration.ZERO, 40, 10_000, 32L * 1024 * 1024);

    /** The same with this pace. */
    CommitPolicy every(Duration other) {
        return new CommitPolicy(maxOutcomes, burst, other, enough, quarantineRows, quarantineBytes);
    }
}
