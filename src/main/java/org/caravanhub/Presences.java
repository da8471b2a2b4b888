package org.caravanhub;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.PresenceApi;
import org.caravanhub.http.EventStream;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.presence.Hearing;
import org.caravanhub.presence.PresenceRounds;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Spool;
import org.caravanhub.store.StoreState;
import org.jspecify.annotations.Nullable;

/** What knows whether devices are there, put together: it hears what is kept, goes round, and is asked. */
final class Presences implements AutoCloseable {
    private final PresenceBook book;
    private final Clock clock;
    private final Hearing hearing;
    private final PresenceWatch watch;
    private @Nullable PresenceRounds rounds;

    /**
     * With PostgreSQL it is told of what is kept in the spool, so that it knows while the database is away.
     *
     * @param isClockBelieved whether the hub's clock is
     * @param advised how far apart devices were asked to speak, to save power
     */
    Presences(
            MqttComponent mqtt,
            GroupCommit writer,
            Optional<Spool> spool,
            BooleanSupplier isClockBelieved,
            Supplier<Duration> advised,
            PresenceBook book,
            Clock clock) {
        this.book = book;
        this.clock = clock;
        this.hearing = hearing(mqtt, writer, spool, isClockBelieved, advised);
        this.watch = new PresenceWatch(hearing, clock, System::nanoTime);
        spool.ifPresentOrElse(waits -> waits.addListener(watch), () -> writer.addListener(watch));
    }

    private static Hearing hearing(
            MqttComponent mqtt,
            GroupCommit writer,
            Optional<Spool> spool,
            BooleanSupplier isClockBelieved,
            Supplier<Duration> advised) {
        return new Hearing() {
            @Override
            public boolean hears() {
                return mqtt.hears() && keeps().trouble().isEmpty();
            }

            @Override
            public boolean isBehind() {
                return keeps().waiting() > 0;
            }

            private StoreState keeps() {
                return spool.map(waits -> waits.state().intake()).orElseGet(writer::state);
            }

            @Override
            public Duration sinceResumed() {
                return mqtt.sinceResumed();
            }

            @Override
            public boolean isClockBelieved() {
                return isClockBelieved.getAsBoolean();
            }

            @Override
            public Duration advised() {
                return advised.get();
            }
        };
    }

    PresenceWatch watch() {
        return watch;
    }

    /** Tells the stream of events and the alerts from now on. */
    void begin(Database database, EventStream events, Alerts alerts) {
        PresenceRounds made = new PresenceRounds(
                watch,
                book,
                now -> events.tell("device", now.device(), PresenceApi.event(now)),
                alerts,
                hearing,
                clock,
                System::nanoTime);
        rounds = made;
        made.begin();
        database.whenThere(made::recall);
    }

    void bindTo(Registry registry) {
        registry.bind("presenceApi", new PresenceApi(watch, book, clock));
    }

    @Override
    public void close() throws InterruptedException {
        PresenceRounds made = rounds;
        if (made != null) {
            made.close();
        }
    }
}
