package org.caravanhub.ota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A status.
 *
 * @param at when
 * @param uptimeSeconds for how long the device had been up; -1 if it did not tell
 */
public record Beat(Instant at, long uptimeSeconds) {
    private static final long YOUNG_SECONDS = 120;
    private static final long SLACK_SECONDS = 30;

    /**
     * How often a device started again while it told these, oldest first. Its uptime fell; or it is so short that it cannot have been up
     * since the status before.
     */
    public static int restarts(List<Beat> beats) {
        int restarts = 0;
        @Nullable Beat before = null;
        for (Beat beat : beats) {
            if (beat.uptimeSeconds() < 0) {
                continue;
            }
            if (before != null) {
                long between = beat.at().getEpochSecond() - before.at().getEpochSecond();
                boolean isFallen = beat.uptimeSeconds() < before.uptimeSeconds();
                boolean isYoung =
                        beat.uptimeSeconds() < YOUNG_SECONDS && between > beat.uptimeSeconds() + SLACK_SECONDS;
                restarts += isFallen || isYoung ? 1 : 0;
            }
            before = beat;
        }
        return restarts;
    }
}
