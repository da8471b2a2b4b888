package org.caravanhub.notice;

import java.time.Duration;

/**
 * How a notice is told again, and how what it is about ends.
 *
 * @param hasEnd whether whoever says it also says when it is over; if not, it is over by itself
 * @param again how long the same is not told again while it is not over; zero tells each that has no end of its own, and others once
 * @param closes after how long without being said again it is over by itself; at least {@code again}
 */
public record Manner(boolean hasEnd, Duration again, Duration closes) {
    /** A day: what happened yesterday and not again needs no look today. */
    public static final Duration CLOSES = Duration.ofDays(1);

    /** Something that lasts, until it is said to be over: a battery that is low. */
    public static final Manner CONDITION = new Manner(true, Duration.ZERO, Duration.ZERO);

    /** Something that happens: a door that opened. */
    public static final Manner EVENT = new Manner(false, Duration.ZERO, CLOSES);

    /** What is not told again for two days is not over after one. */
    public Manner {
        closes = closes.compareTo(again) < 0 ? again : closes;
    }
}
