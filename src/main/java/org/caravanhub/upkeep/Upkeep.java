package org.caravanhub.upkeep;

import java.util.Map;
import java.util.function.Predicate;
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
    private final Predicate<String> waits;

    /** Runs by these limits and this clock, and puts nothing off. */
    public Upkeep(Due due) {
        this(due, flow -> false);
    }

    /**
     * The same, while some of it may have to wait.
     *
     * @param waits whether a flow has to, now that it is its time
     */
    public Upkeep(Due due, Predicate<String> waits) {
        this.due = due;
        this.waits = waits;
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

    /** The same for a flow that can wait: while power is short the loop that follows does not run, and the flow does later. */
    public void beginWhatCanWait(String flow, Map<String, Object> headers) {
        begin(headers);
        if (waits.test(flow)) {
            headers.put(COUNT, 0);
        }
    }

    /** Whether a flow that can wait may run now. */
    public boolean mayRun(String flow) {
        return !waits.test(flow);
    }
}
