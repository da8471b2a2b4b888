package org.caravanhub.store;

import java.time.Duration;

/**
 * When the next commit may be made. A commit costs an SD card about 25 KB however little is in it, so a few may follow each other at
 * once, as in a hub where little happens, and then one comes each so often and takes along what waits. Belongs to the writer thread.
 */
final class CommitBudget {
    private static final long AT_ONCE_NANOS = Duration.ofMillis(100).toNanos();

    private final int burst;
    private final long paceNanos;
    private final int enough;

    /** As if all commits since the start had been made at the pace: the last of them. */
    private long spentUntil;

    private long lastAt;
    private int lastOutcomes;

    CommitBudget(CommitPolicy policy, long nowNanos) {
        this.burst = policy.burst();
        this.paceNanos = policy.pace().toNanos();
        this.enough = policy.enough();
        this.spentUntil = nowNanos - burst * paceNanos;
        this.lastAt = nowNanos - AT_ONCE_NANOS;
    }

    /** How long to wait for more, with so many outcomes waiting; 0 to commit now. */
    long waitNanos(int outcomes, long nowNanos) {
        if (outcomes >= enough || wereHeldBack(outcomes, nowNanos)) {
            return 0;
        }
        return Math.max(0, spentUntil + paceNanos - nowNanos);
    }

    /** Notes a commit. One that could not wait leaves no debt: the next one comes a pace later. */
    void spend(int outcomes, long nowNanos) {
        spentUntil = Math.min(nowNanos, Math.max(spentUntil, nowNanos - burst * paceNanos) + paceNanos);
        lastAt = nowNanos;
        lastOutcomes = outcomes;
    }

    /**
     * As many as were just acknowledged came at once: a broker that lets few messages be under way had held them back, and would hold
     * back the rest of its queue for as long as these wait.
     */
    private boolean wereHeldBack(int outcomes, long nowNanos) {
        return lastOutcomes > 1 && outcomes >= lastOutcomes && nowNanos - lastAt < AT_ONCE_NANOS;
    }
}
