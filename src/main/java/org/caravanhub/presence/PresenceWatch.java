package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.caravanhub.device.PastPresence;
import org.caravanhub.device.Presence;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.store.CommitListener;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Receipt;

/**
 * Knows of every device whether it is there, from what is committed, without asking the database. What was said late, again, or was kept
 * by the broker tells that a device was there then, not that it is now; silence is counted by a clock that nobody sets and that stands
 * still while the hub is deaf (docs/explanation/presence.md). Safe for use by many threads.
 */
public final class PresenceWatch implements Whereabouts, RegistryListener, CommitListener {
    private final Hearing hearing;
    private final Clock wall;
    private final LongSupplier nanos;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Runnable whenWanted = () -> {};

    // All of this is guarded by the lock.
    private final Object lock = new Object();
    private final Devices devices;
    private final Contacts contacts;
    private final Telling telling;
    private final Ear ear;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private boolean isRecalled;
    /** By the ear. Devices are judged as of then: what came later may wait for its commit. */
    private long heardUpToMs;

    /**
     * One that knows no device yet.
     *
     * @param wall the hub's clock
     * @param nanos time since some moment, which nobody can set: {@code System::nanoTime}
     */
    public PresenceWatch(Hearing hearing, Clock wall, LongSupplier nanos) {
        this.hearing = hearing;
        this.wall = wall;
        this.nanos = nanos;
        this.devices = new Devices(wall);
        this.contacts = new Contacts(devices);
        this.telling = new Telling(devices, wall);
        this.ear = new Ear(monotonicMs());
    }

    // ── What is committed ────────────────────────────────────────────────────────────────

    @Override
    public void heard(List<? extends Outcome> said) {
        boolean isFirst;
        synchronized (lock) {
            isFirst = devices.isEmpty();
            long nowMs = monotonicMs();
            Moments now = new Moments(wall, nowMs);
            contacts.take(said, now, ear.now(nowMs), hearing.sinceResumed(), !listeners.isEmpty());
            heardUpToMs = Math.max(heardUpToMs, contacts.newestEarMs());
            isFirst &= !devices.isEmpty();
        }
        if (isFirst) {
            whenWanted.run();
        }
    }

    @Override
    public void committed(List<Reading> stored, Receipt receipt) {
        if (listeners.isEmpty()) {
            return;
        }
        List<String> awake;
        synchronized (lock) {
            awake = contacts.takeAwake();
        }
        for (String device : awake) {
            listeners.forEach(listener -> listener.accept(device));
        }
    }

    @Override
    public void whenHeard(Consumer<String> listener) {
        listeners.add(listener);
    }

    // ── What was known before, and what its owner says ───────────────────────────────────

    /** Takes what an earlier run knew; from now on there is something to tell. */
    void recall(List<PastPresence> past, List<PastPresence.Path> paths) {
        synchronized (lock) {
            long nowMs = monotonicMs();
            new Recall(devices, nowMs, ear.now(nowMs)).take(past, paths);
            isRecalled = true;
        }
        runIfWanted();
    }

    /** What its owner says of a device now; empty if it is not registered. */
    void owned(String id, Optional<PresenceBook.Ownership> ownership) {
        synchronized (lock) {
            Watched device = ownership.isPresent() ? devices.findOrMake(id, monotonicMs()) : devices.find(id);
            if (device != null) {
                device.owned(
                        ownership.isPresent(),
                        ownership.map(PresenceBook.Ownership::isDisabled).orElse(false),
                        ownership
                                .flatMap(PresenceBook.Ownership::interval)
                                .map(Duration::toMillis)
                                .orElse(0L));
            }
        }
    }

    @Override
    public void changed(String device) {
        synchronized (lock) {
            asked.add(device);
        }
        whenWanted.run();
    }

    @Override
    public void removed(String device) {
        synchronized (lock) {
            devices.remove(device);
            asked.remove(device);
            gone.add(device);
        }
        whenWanted.run();
    }

    /** Devices whose owner has said something of them since the last time. */
    List<String> takeAsked() {
        return take(asked);
    }

    /** Devices that are to be forgotten. */
    List<String> takeGone() {
        return take(gone);
    }

    private List<String> take(Set<String> from) {
        synchronized (lock) {
            List<String> taken = List.copyOf(from);
            from.clear();
            return taken;
        }
    }

    // ── How devices are ──────────────────────────────────────────────────────────────────

    @Override
    public Presence of(String device) {
        return standing(device).map(Standing::state).orElse(Presence.NEW);
    }

    /** How a device is, and why; empty if nothing was ever heard of it, and its owner does not know it. */
    public Optional<Standing> standing(String device) {
        synchronized (lock) {
            Watched known = devices.find(device);
            long nowMs = monotonicMs();
            return known == null
                    ? Optional.empty()
                    : Optional.of(devices.standing(devices.judged(known, heardUpToMs, nowMs), heardUpToMs, nowMs));
        }
    }

    /**
     * How many there are.
     *
     * @param byState devices by state
     * @param flapping those that are lost and found again too often to tell each time
     */
    public record Counts(Map<Presence, Integer> byState, int flapping) {}

    /** How many devices are in each state, and how many flap. */
    public Counts counts() {
        synchronized (lock) {
            long nowMs = monotonicMs();
            Map<Presence, Integer> byState = new EnumMap<>(Presence.class);
            int flapping = 0;
            for (Watched device : devices.all()) {
                Presence state = devices.judged(device, heardUpToMs, nowMs).state();
                byState.merge(state, 1, Integer::sum);
                flapping += device.isFlapping(nowMs) ? 1 : 0;
            }
            return new Counts(byState, flapping);
        }
    }

    // ── What is to be told and written ───────────────────────────────────────────────────

    /** Does this when there is something to look after for the first time, and perhaps again; at once if there is. Must be quick. */
    void whenWanted(Runnable work) {
        whenWanted = work;
        runIfWanted();
    }

    private void runIfWanted() {
        boolean isWanted;
        synchronized (lock) {
            isWanted = !devices.isEmpty() || !asked.isEmpty() || !gone.isEmpty();
        }
        if (isWanted) {
            whenWanted.run();
        }
    }

    /**
     * Looks at all devices; every few seconds.
     *
     * @param changes gets what is to be told now
     * @param judged gets the devices of which there is something new to write
     */
    void look(Collection<Change> changes, Collection<String> judged) {
        boolean hears = hearing.hears();
        boolean isBehind = hearing.isBehind();
        long advisedMs = hearing.advised().toMillis();
        synchronized (lock) {
            long nowMs = monotonicMs();
            ear.look(nowMs, hears);
            devices.advise(advisedMs);
            heardUpToMs = Math.max(heardUpToMs, ear.now(nowMs) - (isBehind ? Contacts.LONGEST_WAIT_MS : 0));
            for (Watched device : devices.all()) {
                devices.judged(device, heardUpToMs, nowMs);
            }
            if (isRecalled) {
                telling.look(heardUpToMs, nowMs, changes, judged);
            }
        }
    }

    /** How these devices are to be kept: as they were told. */
    List<PastPresence.Judged> judged(Collection<String> ids) {
        List<PastPresence.Judged> rows = new ArrayList<>();
        synchronized (lock) {
            long nowMs = monotonicMs();
            for (String id : ids) {
                Watched device = devices.find(id);
                if (device != null) {
                    Standing standing = devices.standing(device, heardUpToMs, nowMs);
                    rows.add(new PastPresence.Judged(
                            id,
                            device.told.state,
                            device.told.cause.word(),
                            standing.reason(),
                            standing.since(),
                            standing.heardAt().orElse(Instant.EPOCH),
                            device.interval.usual()));
                }
            }
        }
        return rows;
    }

    private long monotonicMs() {
        return nanos.getAsLong() / 1_000_000;
    }
}
