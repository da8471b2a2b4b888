package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
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
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Understood;
import org.caravanhub.reading.When;
import org.caravanhub.store.CommitListener;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * Knows of every device whether it is there, from what is committed, without asking the database. What was said late, again, or was kept
 * by the broker tells that a device was there then, not that it is now; silence is counted by a clock that nobody sets and that stands
 * still while the hub is deaf (docs/explanation/presence.md). Safe for use by many threads.
 */
public final class PresenceWatch implements Whereabouts, RegistryListener, CommitListener {
    /** What comes so soon after a connection was made again may have waited in the broker. */
    private static final Duration WAITED = Duration.ofSeconds(10);

    private static final int WITHOUT_TIME =
            Flag.NO_DEVICE_TIME.bit() | Flag.FUTURE.bit() | Flag.CLOCK_UNSURE.bit() | Flag.HUB_CLOCK_UNSURE.bit();
    /** An unknown sensor that passes by must not alarm: who is not registered has to have been there for a day. */
    private static final long ALARMS_AFTER_MINUTES = Duration.ofDays(1).toMinutes();

    private final Hearing hearing;
    private final Clock wall;
    private final LongSupplier nanos;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    private final Object lock = new Object();
    private final Map<String, Watched> devices = new HashMap<>();
    private final Ear ear;
    private final List<String> awake = new ArrayList<>();
    private volatile Runnable whenWanted = () -> {};
    private boolean isRecalled;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    /** Of the commit at hand. */
    private int commit = 1;

    private long nowMs;

    private long earMs;
    private boolean mayHaveWaited;

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
        this.ear = new Ear(monotonicMs());
    }

    // ── What is committed ────────────────────────────────────────────────────────────────

    @Override
    public void heard(List<? extends Outcome> said) {
        boolean isFirst;
        synchronized (lock) {
            isFirst = devices.isEmpty();
            nowMs = monotonicMs();
            earMs = ear.now(nowMs);
            mayHaveWaited = hearing.sinceResumed().compareTo(WAITED) < 0;
            for (int i = 0; i < said.size(); i++) {
                take(said.get(i));
            }
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
        List<String> told;
        synchronized (lock) {
            told = List.copyOf(awake);
            awake.clear();
            commit++;
        }
        for (String device : told) {
            listeners.forEach(listener -> listener.accept(device));
        }
    }

    @Override
    public void whenHeard(Consumer<String> listener) {
        listeners.add(listener);
    }

    private void take(Outcome outcome) {
        if (outcome instanceof Reading reading) {
            Watched device = find(reading.source());
            if (device != null && spoke(device, reading, reading.measuredAt(), reading.flags(), true)) {
                device.wakes(earMs);
            }
        } else if (outcome instanceof Status status) {
            take(status);
        } else if (outcome instanceof Event event) {
            spoke(event, event.when());
        } else if (outcome instanceof Configuration configuration) {
            spoke(configuration, configuration.when());
        } else if (outcome instanceof Malformed malformed) {
            take(malformed);
        }
    }

    private void take(Status status) {
        Watched device = find(status.source());
        if (device == null) {
            return;
        }
        long receivedMs = status.receivedAt().toEpochMilli();
        String activity = status.vitals().activity();
        boolean isRetained = (status.when().flags() & Flag.RETAINED.bit()) != 0;
        if (status.state() == Status.State.OFFLINE && isRetained) {
            device.saidGoodbyeBefore(earMs, nowMs, receivedMs);
        } else if (status.state() == Status.State.OFFLINE && !Watched.isSleep(activity)) {
            device.saidGoodbye(earMs, nowMs, receivedMs, mayHaveWaited);
        } else if (spoke(device, status, status.when().saidAt(), status.when().flags(), true)) {
            device.tells(earMs, activity, status.state() != Status.State.OFFLINE);
        }
    }

    /** What happens at a device comes when it likes. */
    private void spoke(Understood said, When when) {
        Watched device = find(said.source());
        if (device != null) {
            spoke(device, said, when.saidAt(), when.flags(), false);
        }
    }

    /** Who speaks nonsense is awake all the same; but nobody is known by nonsense alone. */
    private void take(Malformed malformed) {
        Watched device = malformed.device().isEmpty() ? null : devices.get(malformed.device());
        boolean isOld = malformed.message().retained() || malformed.message().repeated() || mayHaveWaited;
        if (device != null && !isOld) {
            isHeard(device, malformed.message().receivedAt().toEpochMilli(), false);
        }
    }

    /** Notes that a device said something; whether it said it now. */
    private boolean spoke(Watched device, Understood said, Instant saidAt, int flags, boolean isUsual) {
        if ((flags & Flag.RETAINED.bit()) != 0) {
            return false;
        }
        long receivedMs = said.receivedAt().toEpochMilli();
        Source source = said.source();
        boolean isThroughAnother = !source.system().isEmpty() && isFamilyWithGateways(source);
        if (isThroughAnother) {
            // What two gateways heard at the same moment counts once; but both hear it.
            isHeardThrough(device, source.system());
        }
        if ((flags & WITHOUT_TIME) != 0) {
            if (mayHaveWaited && device.isKnown()) {
                return false;
            }
        } else {
            long age = device.age(saidAt.toEpochMilli(), receivedMs, mayHaveWaited);
            if (age > 0) {
                device.wasAlive(earMs - age, nowMs - age);
            }
            if (age != 0) {
                return false;
            }
        }
        isHeard(device, receivedMs, isUsual);
        Watched through = isThroughAnother ? devices.get(source.system()) : null;
        if (through != null && through != device) {
            // Then the gateway is there too.
            through.heard(earMs, nowMs, receivedMs, false);
        }
        return true;
    }

    private void isHeard(Watched device, long receivedMs, boolean isUsual) {
        device.heard(earMs, nowMs, receivedMs, isUsual);
        if (device.commit != commit && !listeners.isEmpty()) {
            device.commit = commit;
            awake.add(device.device);
        }
    }

    /** The families whose topics tell through which gateway a sensor was heard. */
    private static boolean isFamilyWithGateways(Source source) {
        return source.family().equals("iot") || source.family().equals("ruuvi");
    }

    private void isHeardThrough(Watched device, String gateway) {
        if (!gateway.equals(device.device)) {
            device.isHeardThrough(gateway);
        }
    }

    private @Nullable Watched find(Source source) {
        Watched known = devices.get(source.device());
        return known != null ? known : make(source.device(), wall.millis());
    }

    /** Past the bound a device is not watched: whoever makes up ids must not fill the memory. */
    private @Nullable Watched make(String device, long firstSeenMs) {
        if (devices.size() >= PresenceBook.MOST) {
            return null;
        }
        Watched made = new Watched(device, nowMs);
        made.told.firstSeenMinutes = (int) (firstSeenMs / 60_000);
        devices.put(device, made);
        return made;
    }

    // ── What was known before ────────────────────────────────────────────────────────────

    /** Does this when there is something to look after for the first time, and perhaps again; at once if there is. Must be quick. */
    void whenWanted(Runnable work) {
        whenWanted = work;
        boolean isWanted;
        synchronized (lock) {
            isWanted = !devices.isEmpty() || !asked.isEmpty() || !gone.isEmpty();
        }
        if (isWanted) {
            work.run();
        }
    }

    /** Takes what an earlier run knew. The hub went off, as far as anybody can tell, when it heard its last device. */
    void recall(List<PastPresence> past, List<PastPresence.Path> paths) {
        boolean isFirst;
        synchronized (lock) {
            isFirst = devices.isEmpty() && !past.isEmpty();
            nowMs = monotonicMs();
            long earNow = ear.now(nowMs);
            long wentOffMs =
                    past.stream().mapToLong(PresenceWatch::heardMs).max().orElse(0);
            for (PastPresence one : past) {
                Watched device = devices.get(one.device());
                if (device == null) {
                    device = make(one.device(), wall.millis());
                }
                if (device != null) {
                    recall(device, one, earNow - (wentOffMs - heardMs(one)));
                }
            }
            for (PastPresence.Path path : paths) {
                Watched device = devices.get(path.device());
                if (device != null) {
                    isHeardThrough(device, path.gateway());
                }
            }
            isRecalled = true;
        }
        if (isFirst) {
            whenWanted.run();
        }
    }

    private static void recall(Watched device, PastPresence past, long heardEar) {
        device.owned(
                past.isRegistered(),
                past.isDisabled(),
                past.interval().map(Duration::toMillis).orElse(0L));
        past.firstSeen().ifPresent(first -> device.told.firstSeenMinutes = (int) (first.toEpochMilli() / 60_000));
        if (heardMs(past) > 0) {
            device.wasHeard(heardEar, heardMs(past));
        }
        past.judged().ifPresent(judged -> {
            judged.usual().filter(usual -> device.interval.usualMs() == 0).ifPresent(device.interval::remember);
            judged.usual().ifPresent(usual -> device.told.kept(usual.toMillis(), Integer.MIN_VALUE));
            Cause cause = Cause.ofWord(judged.cause());
            device.wasJudged(
                    judged.state(), cause, judged.reason(), judged.since().toEpochMilli());
            device.told.before(judged.state(), cause);
        });
    }

    /** What the broker kept of a device that is gone, or never was there, is counted as received; then what it was judged by counts. */
    private static long heardMs(PastPresence past) {
        long seen = past.lastSeen().map(Instant::toEpochMilli).orElse(0L);
        return past.judged()
                .map(judged -> judged.state() == Presence.OFFLINE || judged.state() == Presence.NEW
                        ? judged.heardAt().toEpochMilli()
                        : seen)
                .orElse(seen);
    }

    /** What its owner says of it now. */
    void owned(String id, Optional<PresenceBook.Ownership> ownership) {
        boolean isFirst;
        synchronized (lock) {
            isFirst = devices.isEmpty() && ownership.isPresent();
            Watched known = devices.get(id);
            Watched device = known == null && ownership.isPresent() ? make(id, wall.millis()) : known;
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
        if (isFirst) {
            whenWanted.run();
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
        synchronized (lock) {
            Watched known = devices.get(device);
            return known == null ? Presence.NEW : judged(known, monotonicMs()).state();
        }
    }

    /** How a device is, and why; empty if nothing was ever heard of it. */
    public Optional<Standing> standing(String device) {
        synchronized (lock) {
            Watched known = devices.get(device);
            long now = monotonicMs();
            return known == null ? Optional.empty() : Optional.of(standing(judged(known, now), now));
        }
    }

    /** How many devices are in each state, and how many flap. */
    public Counts counts() {
        synchronized (lock) {
            long now = monotonicMs();
            Map<Presence, Integer> byState = new EnumMap<>(Presence.class);
            int flapping = 0;
            for (Watched device : devices.values()) {
                byState.merge(judged(device, now).state(), 1, Integer::sum);
                flapping += device.isFlapping(now) ? 1 : 0;
            }
            return new Counts(byState, flapping);
        }
    }

    /**
     * How many there are.
     *
     * @param byState devices by state
     * @param flapping those that are lost and found again too often to tell each time
     */
    public record Counts(Map<Presence, Integer> byState, int flapping) {}

    private Watched judged(Watched device, long now) {
        long earNow = ear.now(now);
        for (String gateway : device.gateways()) {
            Watched through = devices.get(gateway);
            if (through != null) {
                through.judge(earNow, now, devices::get);
            }
        }
        device.judge(earNow, now, devices::get);
        return device;
    }

    private Standing standing(Watched device, long now) {
        Moments moments = new Moments(wall, now);
        long heardMs = device.heardWall(moments);
        return new Standing(
                device.device,
                device.state(),
                device.reason(ear.now(now), moments, devices::get),
                Instant.ofEpochMilli(device.sinceWall(moments)),
                heardMs == Watched.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(heardMs)),
                Duration.ofMillis(device.usualMs()),
                device.usualFrom(),
                device.isAsleep(),
                device.isFlapping(now),
                device.losses(now));
    }

    // ── What is to be told ───────────────────────────────────────────────────────────────

    /**
     * Looks at all devices; every few seconds.
     *
     * @param changes gets what is to be told now
     * @param judged gets the devices of which there is something new to write
     */
    void look(Collection<Change> changes, Collection<String> judged) {
        synchronized (lock) {
            long now = monotonicMs();
            ear.look(now, hearing.hears());
            for (Watched device : devices.values()) {
                judged(device, now);
            }
            if (!isRecalled) {
                return;
            }
            for (Watched device : devices.values()) {
                boolean isChanged = change(device, now, changes);
                if (isChanged || !device.told.isKept || device.told.hasLearned(device.interval.usualMs(), now)) {
                    device.told.kept(device.interval.usualMs(), now);
                    judged.add(device.device);
                }
            }
        }
    }

    /** How these devices are to be kept. */
    List<PastPresence.Judged> judged(Collection<String> ids) {
        List<PastPresence.Judged> rows = new ArrayList<>();
        synchronized (lock) {
            long now = monotonicMs();
            for (String id : ids) {
                Watched device = devices.get(id);
                if (device != null) {
                    rows.add(judgedRow(device, now));
                }
            }
        }
        return rows;
    }

    private boolean change(Watched device, long now, Collection<Change> changes) {
        Told told = device.told;
        boolean isOwnFault =
                device.state() == Presence.OFFLINE && told.cause == Cause.GATEWAY && device.cause() != Cause.GATEWAY;
        boolean isNews = device.state() != told.state || isOwnFault;
        if (isNews && !told.mustWait(now, device.isFlapping(now))) {
            boolean wasThere = told.state == Presence.ONLINE || told.state == Presence.STALE || isOwnFault;
            boolean isAlone = device.cause() != Cause.GATEWAY && (told.cause != Cause.GATEWAY || isOwnFault);
            Change.Alarm alarm = alarm(device, wasThere);
            told.told(device.state(), device.cause(), now);
            changes.add(new Change(standing(device, now), true, isAlone, alarm, behind(device, alarm)));
            return true;
        }
        if (told.isInDoubt && device.state() == Presence.OFFLINE && device.isLostAlone(devices::get)) {
            told.isInDoubt = false;
            told.isAlarmed = true;
            Change.Alarm alarm = Change.Alarm.RAISE;
            changes.add(new Change(standing(device, now), false, true, alarm, behind(device, alarm)));
        }
        return false;
    }

    /** A device that is gone is worth an alarm if it is its owner's, and was there. */
    private Change.Alarm alarm(Watched device, boolean wasThere) {
        Told told = device.told;
        if (device.state() != Presence.OFFLINE) {
            boolean isOver = told.isAlarmed && device.state() != Presence.STALE;
            told.isAlarmed &= !isOver;
            told.isInDoubt = false;
            return isOver ? Change.Alarm.RESOLVE : Change.Alarm.NONE;
        }
        boolean isOld = wall.millis() / 60_000 - told.firstSeenMinutes >= ALARMS_AFTER_MINUTES;
        boolean isWorthIt = wasThere && !told.isAlarmed && (device.isRegistered() || isOld);
        boolean isRaised = isWorthIt && device.isLostAlone(devices::get);
        told.isInDoubt = isWorthIt && !isRaised && device.cause() != Cause.GATEWAY;
        told.isAlarmed |= isRaised;
        return isRaised ? Change.Alarm.RAISE : Change.Alarm.NONE;
    }

    private List<String> behind(Watched gateway, Change.Alarm alarm) {
        return alarm != Change.Alarm.RAISE
                ? List.of()
                : devices.values().stream()
                        .filter(device -> device.gateways().length == 1 && device.gateways()[0].equals(gateway.device))
                        .map(device -> device.device)
                        .sorted()
                        .toList();
    }

    private PastPresence.Judged judgedRow(Watched device, long now) {
        Standing standing = standing(device, now);
        return new PastPresence.Judged(
                device.device,
                device.told.state,
                device.told.cause.word(),
                standing.reason(),
                standing.since(),
                standing.heardAt().orElse(Instant.EPOCH),
                device.interval.usual());
    }

    private long monotonicMs() {
        return nanos.getAsLong() / 1_000_000;
    }
}
