package org.caravanhub.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often a device usually speaks, learned from when it was heard, without asking anybody. Three of four of its last eight pauses were
 * no longer: so one night of silence changes nothing, and a door that is opened and closed at once is not expected to be opened every ten
 * seconds. Used by one thread at a time; about a hundred bytes.
 */
public final class Interval {
    private static final int FEWEST = 3;
    private static final int REMEMBERED = 8;
    /** What comes closer together is one report in several messages. */
    private static final long ONE_REPORT_MS = 5_000;

    private static final int SHORTEST_MS = 10_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final int[] pauses = new int[REMEMBERED];
    private int count;
    private long reportMs = NEVER;
    private int usualMs;

    /** What was learned in an earlier run; it counts until enough is learned anew. */
    public void remember(Duration usual) {
        usualMs = (int) Math.min(Math.max(SHORTEST_MS, usual.toMillis()), Integer.MAX_VALUE);
    }

    /**
     * It was heard.
     *
     * @param nowMs by a clock that only goes on; what goes back is left out
     */
    public void heard(long nowMs) {
        long pause = nowMs - reportMs;
        if (reportMs != NEVER && pause < ONE_REPORT_MS) {
            return;
        }
        if (reportMs != NEVER) {
            pauses[count % REMEMBERED] = (int) Math.min(pause, Integer.MAX_VALUE);
            // Stays below twice as many, so that it never runs over.
            count = count + 1 == 2 * REMEMBERED ? REMEMBERED : count + 1;
            learn();
        }
        reportMs = nowMs;
    }

    /** How long the pauses usually are, at least ten seconds; empty if there were fewer than three. */
    public Optional<Duration> usual() {
        return usualMs == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(usualMs));
    }

    /** The same in milliseconds, 0 for empty. */
    public long usualMs() {
        return usualMs;
    }

    private void learn() {
        int known = Math.min(count, REMEMBERED);
        if (known < FEWEST) {
            return;
        }
        int[] sorted = Arrays.copyOf(pauses, known);
        Arrays.sort(sorted);
        usualMs = Math.max(SHORTEST_MS, sorted[(known - 1) * 3 / 4]);
    }
}
