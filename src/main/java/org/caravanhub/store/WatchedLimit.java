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
import org.caravanhub.live.Newest;
import org.caravanhub.live.Watch;
import org.caravanhub.reading.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit that a flow watches, for each device; remembers across restarts which values are beyond it. For one thread. */
final class WatchedLimit {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedLimit.class);

    /** Stands for all devices in the memory of crossings; no device is called so. */
    private static final String ALL = "*";

    private final String flow;
    private final String metric;
    private final Limit limit;
    private final LiveConfiguration.Of of;
    private final Crossings crossings;
    private final Clock clock;
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<String, Optional<Instant>> unsaved = new HashMap<>();
    private final Newest newest = new Newest();
    private boolean isLoaded;
    private boolean isFailing;

    WatchedLimit(String flow, LiveConfiguration live, Crossings crossings, Clock clock) {
        this.flow = flow;
        this.metric = live.metricName();
        this.limit = live.limit();
        this.of = live.of();
        this.crossings = crossings;
        this.clock = clock;
    }

    /**
     * The value of a reading, if it has crossed the limit or is back. Of all devices together it is the lowest or highest one, of
     * whichever device. A truth counts as 1 or 0, a text as nothing.
     *
     * @throws DatabaseAway if it is not known what was told before
     */
    Optional<LiveValue> look(Reading reading) {
        Optional<LiveValue> value = LiveValue.of(reading, metric);
        if (value.isEmpty() || value.get().number().isEmpty()) {
            return Optional.empty();
        }
        load();
        if (of == LiveConfiguration.Of.EACH) {
            return look(value.get().device(), value.get(), Doubt.hasOrder(reading));
        }
        return newest.take(value.get())
                ? newest.extreme(of == LiveConfiguration.Of.LOWEST).flatMap(extreme -> look(ALL, extreme, false))
                : Optional.empty();
    }

    /** What was told last reached nobody, since the flow failed: the next value tells it again, also after a restart. */
    void notTold(LiveValue value) {
        String key = of == LiveConfiguration.Of.EACH ? value.device() : ALL;
        Watch watch = watches.get(key);
        if (watch != null) {
            watch.undo();
            unsaved.remove(key);
        }
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

    private Optional<LiveValue> look(String key, LiveValue value, boolean hasOrder) {
        Watch watch = watches.computeIfAbsent(key, first -> Watch.begin(limit));
        Optional<Watch.Crossing> crossing =
                watch.look(value.number().orElseThrow(), value.time(), hasOrder, clock.instant());
        return crossing.map(what -> {
            boolean isBack = what == Watch.Crossing.RECOVERED;
            unsaved.put(key, isBack ? Optional.empty() : Optional.of(value.time()));
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
        return (of == LiveConfiguration.Of.EACH ? "" : of.word() + " ") + metric + " " + limit.text();
    }
}
