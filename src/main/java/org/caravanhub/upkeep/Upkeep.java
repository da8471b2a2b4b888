package org.caravanhub.upkeep;

import java.util.Map;
import org.caravanhub.store.Pace;

/** What the flows in {@code routes/upkeep} call at their beginning. */
public final class Upkeep {
    /** Few enough to be short on the slowest machine. */
    private static final int FIRST = 4;

    private final Due due;

    /** Runs by these limits and this clock. */
    public Upkeep(Due due) {
        this.due = due;
    }

    /** Puts into the headers what statements ask for; the loop that follows runs at least once. */
    public void begin(Map<String, Object> headers) {
        headers.putAll(due.values());
        headers.put(Pace.HEADER, new Pace(FIRST));
        headers.put("CamelJdbcUpdateCount", 1);
    }
}
