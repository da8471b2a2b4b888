package org.caravanhub.store;

import java.time.Duration;

/**
 * When the next commit is made. A commit costs an SD card about 25 KB however little is in it, so readings that follow each other closely
 * share one, at most a pace late. What comes alone is committed at once, and what comes last a second later: a few such commits are
 * allowed, and one more each pace. Belongs to the writer thread.
 */
final class CommitBudget {
    /** So long nothing came, and it is as if nothing more will. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long AT_ONCE_NANOS = Duration.ofMillis(100).toNanos();

    /** In a stream that is worth sharing commits another one comes within this. */
    private static final long NEXT_NANOS = Duration.ofMillis(20).toNanos();

    private final int burst;
    private final long paceNanos;
    private final int enough;

    /** As if all early commits since the start had been made at the pace: the last of them. */
    private long spentUntil;

    private long lastAt;
    private int lastOutcomes;

    /**
     * What waits for the writer; times by {@link System#nanoTime}.
     *
     * @param outcomes how many
     * @param firstAt when the first of them came
     * @param lastAt when the last of them came
     * @param afterQuiet whether nothing had come for a while before the first
     */
    record Waiting(int outcomes, long firstAt, long lastAt, boolean afterQuiet) {}

    CommitBudget(CommitPolicy policy, long nowNanos) {
        this.burst = policy.burst();
        this.paceNanos = policy.pace().toNanos();
        this.enough = policy.enough();
        this.spentUntil = nowNanos - burst * paceNanos;
        this.lastAt = nowNanos - AT_ONCE_NANOS;
    }

    static boolean isQuiet(long sinceNanos) {
        return sinceNanos >= QUIET_NANOS;
    }

    /** How long to wait for more; 0 to commit now. */
    long waitNanos(Waiting waiting, long nowNanos) {
        if (waiting.outcomes() >= enough || wereHeldBack(waiting.outcomes(), nowNanos)) {
            return 0;
        }
        long at = Math.min(dueAt(waiting), isOneAtATime(waiting) ? waiting.lastAt() + NEXT_NANOS : earlyAt(waiting));
        return Math.max(0, at - nowNanos);
    }

    /** Notes a commit. Only one that was made early is paid for. */
    void spend(Waiting waiting, int taken, long nowNanos) {
        if (taken < enough && nowNanos < dueAt(waiting) && !isOneAtATime(waiting)) {
            spentUntil = Math.min(nowNanos, Math.max(spentUntil, nowNanos - burst * paceNanos) + paceNanos);
        }
        lastAt = nowNanos;
        lastOutcomes = taken;
    }

    private long dueAt(Waiting waiting) {
        return waiting.firstAt() + paceNanos;
    }

    /** When nothing more seems to come, and an early commit is left. */
    private long earlyAt(Waiting waiting) {
        long quietAt = waiting.afterQuiet() ? waiting.firstAt() : waiting.lastAt() + QUIET_NANOS;
        return Math.max(quietAt, spentUntil + paceNanos);
    }

    /** A broker that lets one message be under way sends the next one when the last was acknowledged, and no other until then. */
    private boolean isOneAtATime(Waiting waiting) {
        return lastOutcomes == 1 && waiting.outcomes() == 1 && waiting.firstAt() - lastAt < NEXT_NANOS;
    }

    /**
     * As many as were just acknowledged came at once: a broker that lets few messages be under way had held them back, and would hold
     * back the rest of its queue for as long as these wait.
     */
    private boolean wereHeldBack(int outcomes, long nowNanos) {
        return lastOutcomes > 1 && outcomes >= lastOutcomes && nowNanos - lastAt < AT_ONCE_NANOS;
    }
}
