package org.caravanhub.ecoflow;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Flag;

/**
 * Makes of what was kept of power stations what displays read: paku's seven names, which are all that it ever says. What is not known is
 * left out and is never 0, and what is old is not told. Flows call it by the name {@code powerMessages}. Safe for several threads.
 */
public final class PowerMessages {
    private static final String PREFIX = Station.DEVICE_PREFIX;
    private static final Duration LEAST = Duration.ofMinutes(5);
    private static final int INTERVALS = 3;
    private static final int MOST_STATIONS = 256;

    /** Their name, and the hub's. */
    private static final Map<String, String> NAMES = names();

    private final Supplier<Duration> interval;
    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>();

    /**
     * One that has told nothing.
     *
     * @param interval how often something is heard of a station
     */
    public PowerMessages(Supplier<Duration> interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * A message for displays.
     *
     * @param topic {@code paku/ecoflow/{serial}/power}
     * @param text a JSON object
     * @param expirySeconds after which it is worth nothing: the broker forgets it then
     */
    public record PowerMessage(String topic, String text, long expirySeconds) {}

    /** What is to be told of a reading; nothing if it is not how the station is now. */
    public synchronized List<PowerMessage> tell(LiveReading reading) {
        Instant now = clock.instant();
        Duration left = lifetime().minus(Duration.between(reading.time(), now));
        boolean isNow = left.compareTo(Duration.ofSeconds(1)) >= 0
                && !reading.reading().has(Flag.RETAINED)
                && reading.device().startsWith(PREFIX);
        String text = isNow ? text(reading.metrics()) : "";
        if (text.isEmpty() || !isNewest(reading.device(), reading.time(), now)) {
            return List.of();
        }
        String serial = reading.device().substring(PREFIX.length());
        long seconds = Math.min(left.toSeconds(), lifetime().toSeconds());
        return List.of(new PowerMessage("paku/ecoflow/" + serial + "/power", text, seconds));
    }

    private Duration lifetime() {
        Duration intervals = interval.get().multipliedBy(INTERVALS);
        return intervals.compareTo(LEAST) > 0 ? intervals : LEAST;
    }

    /** What a bridge had buffered comes behind what is newer. A clock that was set back is no reason to be silent. */
    private boolean isNewest(String device, Instant time, Instant now) {
        Instant last = told.get(device);
        if (last != null && time.isBefore(last) && !last.isAfter(now.plus(LEAST))) {
            return false;
        }
        if (last == null && told.size() >= MOST_STATIONS) {
            told.clear();
        }
        told.put(device, time);
        return true;
    }

    private static String text(Map<String, Object> metrics) {
        StringBuilder json = new StringBuilder();
        NAMES.forEach((theirs, ours) -> {
            if (metrics.get(ours) instanceof Number number && Double.isFinite(number.doubleValue())) {
                json.append(json.isEmpty() ? '{' : ',').append('"').append(theirs);
                json.append("\":").append(plain(number));
            }
        });
        return json.isEmpty() ? "" : json.append('}').toString();
    }

    private static String plain(Number number) {
        BigDecimal stripped = new BigDecimal(number.toString()).stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("soc", "soc_percent");
        names.put("solar_w", "solar_w");
        names.put("ac_in_w", "ac_in_w");
        names.put("ac_out_w", "ac_out_w");
        names.put("dc_out_w", "dc_out_w");
        names.put("watts_in", "in_w");
        names.put("watts_out", "out_w");
        return names;
    }
}
