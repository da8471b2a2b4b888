package org.caravanhub.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One device's value against a limit. Values are looked at in the order of the device's time; one that is older than the newest
 * changes nothing, however late it comes. For one thread.
 */
public final class Watch {
    /** A newest time that lies further ahead was told by a clock that was wrong. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Limit limit;
    private Instant newest;
    private Optional<Instant> beyondSince = Optional.empty();
    private boolean isCrossed;

    /** What a value did to its limit. */
    public enum Crossing {
        CROSSED,
        RECOVERED
    }

    private Watch(Limit limit, boolean isCrossed, Instant newest) {
        this.limit = limit;
        this.isCrossed = isCrossed;
        this.newest = newest;
    }

    /** A value that has not been looked at. */
    public static Watch begin(Limit limit) {
        return new Watch(limit, false, Instant.MIN);
    }

    /** A value that had crossed its limit then. */
    public static Watch crossed(Limit limit, Instant at) {
        return new Watch(limit, true, at);
    }

    /**
     * Looks at a value.
     *
     * @param time when it was measured
     * @param hasOrder whether that can be compared with others; if not, it counts as the newest
     * @param now by the hub's clock
     * @return what it did, if anything
     */
    public Optional<Crossing> look(double value, Instant time, boolean hasOrder, Instant now) {
        if (hasOrder) {
            boolean isWrong = newest.isAfter(now.plus(AHEAD));
            if (!isWrong && time.isBefore(newest)) {
                return Optional.empty();
            }
            newest = time;
        }
        return isCrossed ? lookBack(value) : lookBeyond(value, time);
    }

    /** What was told last did not reach anybody: the next value is told again. */
    public void undo() {
        isCrossed = !isCrossed;
    }

    private Optional<Crossing> lookBack(double value) {
        if (!limit.isBack(value)) {
            return Optional.empty();
        }
        isCrossed = false;
        beyondSince = Optional.empty();
        return Optional.of(Crossing.RECOVERED);
    }

    private Optional<Crossing> lookBeyond(double value, Instant time) {
        if (!limit.isBeyond(value)) {
            beyondSince = Optional.empty();
            return Optional.empty();
        }
        Instant since = beyondSince.filter(then -> !then.isAfter(time)).orElse(time);
        beyondSince = Optional.of(since);
        if (Duration.between(since, time).compareTo(limit.hold()) < 0) {
            return Optional.empty();
        }
        isCrossed = true;
        return Optional.of(Crossing.CROSSED);
    }
}
