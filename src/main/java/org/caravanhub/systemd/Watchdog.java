package org.caravanhub.systemd;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
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
    private final RoundTrip trip;
    private final BooleanSupplier comesBack;
    private final Thread thread;
    private RoundTrip.Result last = RoundTrip.Result.BACK;

    Watchdog(Systemd systemd, RoundTrip trip) {
        this(systemd, trip, () -> false);
    }

    private Watchdog(Systemd systemd, RoundTrip trip, BooleanSupplier comesBack) {
        this.systemd = systemd;
        this.trip = trip;
        this.comesBack = comesBack;
        this.thread = new Thread(this::feed, "watchdog");
        thread.setDaemon(true);
    }

    /**
     * Tells systemd that the hub is ready, and begins.
     *
     * @param writer asks the writer of the store for a sign of life: {@code intake::sound}
     * @param comesBack whether the hub, when it stops, starts again in this process
     */
    public static Watchdog begin(
            Systemd systemd, CamelContext camel, Consumer<Runnable> writer, BooleanSupplier comesBack) {
        Watchdog watchdog = new Watchdog(systemd, new SelfMessage(camel, writer), comesBack);
        watchdog.begin();
        return watchdog;
    }

    void begin() {
        systemd.tell("READY=1", "STATUS=Takes messages.");
        systemd.patience().ifPresent(patience -> thread.start());
    }

    private void feed() {
        Duration pace = systemd.patience().orElseThrow().dividedBy(CHANCES);
        try {
            while (true) {
                long start = System.nanoTime();
                note(trip.make(pace));
                TimeUnit.NANOSECONDS.sleep(pace.toNanos() - (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            LOG.debug("watchdog ends");
        }
    }

    private void note(RoundTrip.Result result) {
        String status =
                switch (result) {
                    case BACK -> "Takes messages.";
                    case WITHOUT_BROKER -> "The broker does not answer; what devices say waits there, if it runs.";
                    case LOST -> "A message to itself does not come back.";
                };
        if (result == RoundTrip.Result.LOST) {
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
    public void close() throws Exception {
        thread.interrupt();
        if (comesBack.getAsBoolean()) {
            systemd.tell("WATCHDOG=1", "STATUS=Stops its parts, to bring a backup back.");
        } else {
            systemd.tell("STOPPING=1", "STATUS=Stopping.");
        }
        if (trip instanceof AutoCloseable closes) {
            closes.close();
        }
    }
}
