package org.caravanhub.clock;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the clock every five seconds, and asks the machine every five minutes whether it is synchronised. */
public final class ClockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final int LOOK_SECONDS = 5;
    private static final int ASK_SECONDS = 300;

    private final HubClock clock;
    private final Consumer<Jump> listener;
    private final ScheduledThreadPoolExecutor thread;
    private Trust told;

    /** Tells the listener of each jump, on a thread of its own. */
    public ClockWatch(HubClock clock, Consumer<Jump> listener) {
        this.clock = clock;
        this.listener = listener;
        this.told = Trust.PLAUSIBLE;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "clock-watch");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(() -> quietly(this::ask), 0, ASK_SECONDS, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(() -> quietly(this::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void ask() {
        clock.ask();
        tell();
    }

    private void look() {
        clock.look().ifPresent(jump -> {
            LOG.warn("clock=set from={} to={} trust={}", jump.before(), jump.after(), clock.trust());
            told = clock.trust();
            listener.accept(jump);
        });
    }

    private void tell() {
        Trust trust = clock.trust();
        if (trust != told) {
            LOG.info("clock={} was={} reason=\"{}\"", trust, told, clock.why());
            told = trust;
        }
    }

    /** A mistake in one look must not end all that follow. */
    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.error("clock=not-looked-at reason=\"{}\"", e.toString());
        }
    }
}
