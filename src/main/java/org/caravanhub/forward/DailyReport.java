package org.caravanhub.forward;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.caravanhub.store.ExtremesQuery;
import org.caravanhub.store.ExtremesQuery.Extremes;

/** The last day in a few lines, for a person. Flows call it by the name {@code dailyReport}. */
public final class DailyReport {
    private static final int MOST_LINES = 2000;

    private final ExtremesQuery query;
    private final Clock clock;

    /** Reports of what this query finds. */
    public DailyReport(ExtremesQuery query, Clock clock) {
        this.query = query;
        this.clock = clock;
    }

    /** The lowest and highest of each metric of each device within the last 24 hours. */
    public String text() {
        List<Extremes> all = query.since(clock.instant().minus(Duration.ofDays(1)));
        if (all.isEmpty()) {
            return "Nothing was measured in the last 24 hours. Are the devices on? caravan device list\n";
        }
        StringBuilder text = new StringBuilder("Lowest and highest of the last 24 hours.\n");
        String device = "";
        for (Extremes one : all.subList(0, Math.min(MOST_LINES, all.size()))) {
            if (!one.device().equals(device)) {
                device = one.device();
                text.append('\n').append(device).append('\n');
            }
            text.append("  ").append(one.metric()).append(": ").append(shown(one.lowest()));
            if (one.highest() != one.lowest()) {
                text.append(" to ").append(shown(one.highest()));
            }
            text.append('\n');
        }
        if (all.size() > MOST_LINES) {
            text.append("\nAnd ").append(all.size() - MOST_LINES).append(" more.\n");
        }
        return text.toString();
    }

    private static String shown(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
