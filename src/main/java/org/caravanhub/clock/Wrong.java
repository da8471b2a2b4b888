package org.caravanhub.clock;

/**
 * A stretch of time in which the clock was wrong, as it showed it.
 *
 * @param fromMs when it began, by the wrong clock
 * @param toMs when it ended, by the wrong clock
 * @param shiftMs what has to be added to put a moment in it right
 */
public record Wrong(long fromMs, long toMs, long shiftMs) {
    /** The same, after the clock was set once more. */
    Wrong after(long byMs) {
        return new Wrong(fromMs, toMs, shiftMs + byMs);
    }
}
