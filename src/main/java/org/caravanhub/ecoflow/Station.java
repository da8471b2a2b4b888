package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the hub knows of one station between two questions. Of one thread. */
final class Station {
    /** What its serial number follows in the id of its device. */
    static final String DEVICE_PREFIX = "ecoflow-";

    private static final Duration FROZEN = Duration.ofMinutes(5);
    private static final Duration REST_EACH = Duration.ofHours(1);

    final String serial;
    final Patience patience;
    String product = "";
    boolean isListed;
    boolean isOnline;
    Optional<Instant> lastTry = Optional.empty();
    Optional<Trouble> trouble = Optional.empty();
    Optional<Instant> lastReading = Optional.empty();
    Optional<Measured> last = Optional.empty();

    private int lastHash;
    private Optional<JsonNode> lastData = Optional.empty();
    private long sameSinceNanos;
    private boolean hasWrittenRest;
    private long restNanos;

    Station(String serial, Patience patience) {
        this.serial = serial;
        this.patience = patience;
    }

    /** The device that its readings are of. */
    String device() {
        return DEVICE_PREFIX + serial;
    }

    /**
     * Whether the cloud says what it said before, to the last digit, although something flows: it has heard nothing new, and may repeat what it
     * heard last of a station that is gone. One at rest says the same for hours.
     */
    boolean isRepeat(JsonNode data, Measured measured, long nowNanos) {
        boolean isSame = lastData.isPresent()
                && lastHash == data.hashCode()
                && lastData.get().equals(data);
        if (!isSame) {
            lastData = Optional.of(data);
            lastHash = data.hashCode();
            sameSinceNanos = nowNanos;
        }
        return isSame && measured.isAtWork();
    }

    /** Whether it has said so for longer than a station that is there does. */
    boolean isFrozen(long nowNanos) {
        return nowNanos - sameSinceNanos >= FROZEN.toNanos();
    }

    /** Once an hour what nobody knows a metric for is kept too, and whenever something cannot be. */
    boolean isToKeepRest(Measured measured, long nowNanos) {
        boolean isTo = measured.isDoubtful() || !hasWrittenRest || nowNanos - restNanos >= REST_EACH.toNanos();
        if (isTo) {
            hasWrittenRest = true;
            restNanos = nowNanos;
        }
        return isTo;
    }
}
