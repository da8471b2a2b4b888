package org.caravanhub.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.live.Doubt;
import org.caravanhub.live.Limit;
import org.caravanhub.live.LiveValue;
import org.caravanhub.live.Watch;
import org.caravanhub.reading.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit that a flow watches, for each device; remembers across restarts which values are beyond it. For one thread. */
final class WatchedLimit {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedLimit.class);

    private final String flow;
    private final String metric;
    private final Limit limit;
    private final Crossings crossings;
    private final Clock clock;
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<String, Optional<Instant>> unsaved = new HashMap<>();
    private boolean isLoaded;
    private boolean isFailing;

    WatchedLimit(String flow, String metric, Limit limit, Crossings crossings, Clock clock) {
        this.flow = flow;
        this.metric = metric;
        this.limit = limit;
        this.crossings = crossings;
        this.clock = clock;
    }

    /**
     * The value of a reading, if it has crossed the limit or is back. A truth counts as 1 or 0, a text as nothing.
     *
     * @throws DatabaseAway if it is not known what was told before
     */
    Optional<LiveValue> look(Reading reading) {
        Optional<LiveValue> value = LiveValue.of(reading, metric);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        load();
        return number(value.get().value()).flatMap(number -> look(reading, value.get(), number));
    }

    /** Writes what changed; what cannot be written now is tried again at the next value. */
    void save() {
        if (unsaved.isEmpty()) {
            return;
        }
        try {
            crossings.note(flow, watched(), unsaved);
            unsaved.clear();
            isFailing = false;
        } catch (SQLException | RuntimeException e) {
            if (!isFailing) {
                LOG.warn(
                        "flow={} crossing=not-noted reason=\"{}\" \"a restart now would tell it again\"",
                        flow,
                        e.getMessage());
            }
            isFailing = true;
        }
    }

    private Optional<LiveValue> look(Reading reading, LiveValue value, double number) {
        Watch watch = watches.computeIfAbsent(value.device(), first -> Watch.begin(limit));
        Instant now = clock.instant();
        Optional<Watch.Crossing> crossing = watch.look(number, value.time(), Doubt.hasOrder(reading), now);
        return crossing.map(what -> {
            boolean isBack = what == Watch.Crossing.RECOVERED;
            unsaved.put(value.device(), isBack ? Optional.empty() : Optional.of(value.time()));
            return value.whenBack(isBack);
        });
    }

    private void load() {
        if (!isLoaded) {
            crossings
                    .of(flow, watched())
                    .forEach((device, crossedAt) -> watches.put(device, Watch.crossed(limit, crossedAt)));
            isLoaded = true;
        }
    }

    private String watched() {
        return metric + " " + limit.text();
    }

    private static Optional<Double> number(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        return value instanceof Boolean truth ? Optional.of(truth ? 1.0 : 0.0) : Optional.empty();
    }
}
