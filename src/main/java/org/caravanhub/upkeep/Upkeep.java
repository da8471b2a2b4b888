package org.caravanhub.upkeep;

import java.util.Map;
import org.caravanhub.clock.Wrong;
import org.caravanhub.reading.Flag;
import org.caravanhub.store.Pace;

/** What the flows in {@code routes/upkeep} call at their beginning. */
public final class Upkeep {
    /** Few enough to be short on the slowest machine. */
    private static final int FIRST = 4;

    private static final int FIRST_READINGS = 64;
    /** Where {@code jdbc:} tells how many rows the last statement changed. */
    private static final String COUNT = "CamelJdbcUpdateCount";

    private final Due due;

    /** Runs by these limits and this clock. */
    public Upkeep(Due due) {
        this.due = due;
    }

    /** What statements ask for that put right what was received while the clock was wrong. */
    public void beginPuttingRight(Wrong wrong, Map<String, Object> headers) {
        headers.put(Pace.HEADER, new Pace(FIRST_READINGS));
        headers.put("wrong_from", wrong.fromMs());
        headers.put("wrong_to", wrong.toMs());
        headers.put("shift", wrong.shiftMs());
        headers.put("unsure_bit", Flag.HUB_CLOCK_UNSURE.bit());
        headers.put("no_time_bit", Flag.NO_DEVICE_TIME.bit());
        headers.put("future_bit", Flag.FUTURE.bit());
        headers.put("late_bit", Flag.LATE.bit());
        headers.put(COUNT, 1);
    }

    /** Puts into the headers what statements ask for; the loop that follows runs at least once, if the time is known. */
    public void begin(Map<String, Object> headers) {
        headers.putAll(due.values());
        headers.put(Pace.HEADER, new Pace(FIRST));
        headers.put(COUNT, due.isAnything() ? 1 : 0);
    }
}
