package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.ota.DeviceUpdate.State;

/** Updates as they stand in the book, for tests of what is shown of them. */
public final class DeviceUpdates {
    private DeviceUpdates() {}

    /** One that is done. */
    public static DeviceUpdate done(String device, String version) {
        return of(device, State.DONE, "", version);
    }

    /** One to 1.1.0 that began now and is 40 percent there. */
    public static DeviceUpdate of(String device, State state, String reason) {
        return of(device, state, reason, "1.1.0");
    }

    private static DeviceUpdate of(String device, State state, String reason, String version) {
        Instant now = Instant.now();
        return new DeviceUpdate(
                1,
                device,
                version,
                "1.0.0",
                state,
                40,
                reason,
                1,
                Optional.of(now),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                0,
                state.isEnd() ? Optional.of(now) : Optional.empty(),
                now);
    }
}
