package org.caravanhub.systemd;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.caravanhub.ping.Ping;
import org.caravanhub.ping.RoundTrip.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the hub takes messages, and goes on telling it for as long as that is so. When it falls silent, systemd has the hub
 * print what each of its threads does, kills it and starts it anew; the brokers bring again what was not acknowledged.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** So many chances before systemd's patience is over. */
    private static final int CHANCES = 4;

    private final Systemd systemd;
    private Result last = Result.BACK;

    private final BooleanSupplier comesBack;

    private Watchdog(Systemd systemd, BooleanSupplier comesBack) {
        this.systemd = systemd;
        this.comesBack = comesBack;
    }

    /** How often it wants to hear of a message that came back. */
    public static Duration pace(Systemd systemd) {
        return systemd.patience().map(patience -> patience.dividedBy(CHANCES)).orElse(Ping.USUAL_PACE);
    }

    /**
     * Tells systemd that the hub is ready, and what comes of each message of the hub to itself from now on.
     *
     * @param comesBack whether the hub, when it stops, starts again in this process
     */
    public static Watchdog begin(Systemd systemd, Ping ping, BooleanSupplier comesBack) {
        Watchdog watchdog = new Watchdog(systemd, comesBack);
        systemd.tell("READY=1", "STATUS=Takes messages.");
        systemd.patience().ifPresent(patience -> ping.listen(watchdog::note));
        return watchdog;
    }

    private void note(Result result) {
        String status =
                switch (result) {
                    case BACK -> "Takes messages.";
                    case WITHOUT_BROKER -> "The broker does not answer; what devices say waits there, if it runs.";
                    case LOST -> "A message to itself does not come back.";
                };
        if (result == Result.LOST) {
            LOG.warn(
                    "watchdog=silent reason=\"a message to itself did not come back\" \"if it goes on, systemd starts the hub anew\"");
            systemd.tell("STATUS=" + status);
        } else if (result == last) {
            systemd.tell("WATCHDOG=1");
        } else {
            systemd.tell("WATCHDOG=1", "STATUS=" + status);
        }
        last = result;
    }

    /** Tells systemd that the hub stops; what comes now takes its time. */
    @Override
    public void close() {
        if (comesBack.getAsBoolean()) {
            systemd.tell("WATCHDOG=1", "STATUS=Stops its parts, to bring a backup back.");
        } else {
            systemd.tell("STOPPING=1", "STATUS=Stopping.");
        }
    }
}
