package org.caravanhub.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The newest value of each device, to find the lowest or highest of them. For one thread. */
public final class Newest {
    /** A device that said nothing for so long does not count any more. */
    private static final Duration FRESH = Duration.ofHours(2);

    private final Map<String, LiveValue> byDevice = new HashMap<>();

    /**
     * Takes a value in.
     *
     * @return false if a newer one of the device is known
     */
    public boolean take(LiveValue value) {
        LiveValue before = byDevice.get(value.device());
        if (before != null && value.time().isBefore(before.time())) {
            return false;
        }
        byDevice.put(value.device(), value);
        return true;
    }

    /** The lowest of those that are fresh, or the highest; numbers only. */
    public Optional<LiveValue> extreme(boolean isLowest) {
        Instant latest = byDevice.values().stream()
                .map(LiveValue::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        byDevice.values().removeIf(value -> value.time().plus(FRESH).isBefore(latest));
        Comparator<LiveValue> bySize =
                Comparator.comparingDouble(value -> value.number().orElse(0));
        return byDevice.values().stream()
                .filter(value -> value.number().isPresent())
                .min(isLowest ? bySize : bySize.reversed());
    }
}
