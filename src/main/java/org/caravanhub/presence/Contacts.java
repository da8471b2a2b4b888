package org.caravanhub.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/** Makes of what devices say that they were heard, and when. Belongs to the lock of {@link PresenceWatch}; makes no object for a message. */
final class Contacts {
    /** What comes so soon after a connection was made again may have waited in the broker. */
    private static final Duration WAITED = Duration.ofSeconds(10);

    /** For a commit, and a little more. */
    static final long LONGEST_WAIT_MS = 60_000;

    private static final int WITHOUT_TIME =
            Flag.NO_DEVICE_TIME.bit() | Flag.FUTURE.bit() | Flag.CLOCK_UNSURE.bit() | Flag.HUB_CLOCK_UNSURE.bit();

    private final Devices devices;
    private final List<String> awake = new ArrayList<>();
    private int commit = 1;

    // Of the delivery at hand.
    private long deliveryMs;
    private long deliveryEarMs;
    private long wallMs;
    // Of the outcome at hand: when it came.
    private long nowMs;
    private long earMs;
    private long newestEarMs = Long.MIN_VALUE;
    private boolean mayHaveWaited;
    private boolean isWanted;

    Contacts(Devices devices) {
        this.devices = devices;
    }

    /**
     * Takes what was in a delivery.
     *
     * @param isAwakeWanted whether somebody wants to know who is awake
     */
    void take(List<? extends Outcome> said, Moments now, long ear, Duration sinceResumed, boolean isAwakeWanted) {
        deliveryMs = now.nowMs();
        deliveryEarMs = ear;
        wallMs = now.wallNow();
        mayHaveWaited = sinceResumed.compareTo(WAITED) < 0;
        isWanted = isAwakeWanted;
        for (int i = 0; i < said.size(); i++) {
            take(said.get(i));
        }
    }

    /** Up to when all that came was heard, by the {@link Ear}: what comes is committed in the order in which it came. */
    long newestEarMs() {
        return newestEarMs;
    }

    /** What comes may wait for others to share its commit; what seems to have waited longer was under way while a clock was set. */
    private void came(long receivedMs) {
        long waited = wallMs - receivedMs;
        boolean isLikely = waited >= 0 && waited <= LONGEST_WAIT_MS;
        nowMs = deliveryMs - (isLikely ? waited : 0);
        earMs = deliveryEarMs - (isLikely ? waited : 0);
        newestEarMs = Math.max(newestEarMs, earMs);
    }

    /** Who was heard in this commit, each once. */
    List<String> takeAwake() {
        List<String> heard = List.copyOf(awake);
        awake.clear();
        commit++;
        return heard;
    }

    private void take(Outcome outcome) {
        if (outcome instanceof Understood understood) {
            came(understood.receivedAt().toEpochMilli());
        } else if (outcome instanceof Malformed malformed) {
            came(malformed.message().receivedAt().toEpochMilli());
        }
        if (outcome instanceof Reading reading) {
            Watched device = devices.findOrMake(reading.source().device(), nowMs);
            if (device != null && spoke(device, reading, reading.measuredAt(), reading.flags(), true)) {
                device.wakes(earMs);
            }
        } else if (outcome instanceof Status status) {
            take(status);
        } else if (outcome instanceof Event event) {
            take(event, event.when());
        } else if (outcome instanceof Configuration configuration) {
            take(configuration, configuration.when());
        } else if (outcome instanceof Malformed malformed) {
            take(malformed);
        }
    }

    private void take(Status status) {
        Watched device = devices.findOrMake(status.source().device(), nowMs);
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
    private void take(Understood said, When when) {
        Watched device = devices.findOrMake(said.source().device(), nowMs);
        if (device != null) {
            spoke(device, said, when.saidAt(), when.flags(), false);
        }
    }

    /** Who speaks nonsense is awake all the same; but nobody is known by nonsense alone. */
    private void take(Malformed malformed) {
        Watched device = malformed.device().isEmpty() ? null : devices.find(malformed.device());
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
        String gateway = gateway(said.source());
        if (gateway != null) {
            // What two gateways heard at the same moment counts once; but both hear it.
            device.isHeardThrough(gateway);
        }
        long receivedMs = said.receivedAt().toEpochMilli();
        if (!isSaidNow(device, saidAt, receivedMs, flags)) {
            return false;
        }
        isHeard(device, receivedMs, isUsual);
        @Nullable Watched through = gateway == null ? null : devices.find(gateway);
        if (through != null) {
            // Then the gateway is there too.
            through.heard(earMs, nowMs, receivedMs, false);
        }
        return true;
    }

    private boolean isSaidNow(Watched device, Instant saidAt, long receivedMs, int flags) {
        if ((flags & WITHOUT_TIME) != 0) {
            return !mayHaveWaited || !device.isKnown();
        }
        long age = device.age(saidAt.toEpochMilli(), receivedMs, mayHaveWaited);
        if (age > 0) {
            device.wasAlive(earMs - age, nowMs - age);
        }
        return age == 0;
    }

    private void isHeard(Watched device, long receivedMs, boolean isUsual) {
        device.heard(earMs, nowMs, receivedMs, isUsual);
        if (isWanted && device.commit != commit) {
            device.commit = commit;
            awake.add(device.device);
        }
    }

    /** In the families whose topics tell through which gateway a sensor was heard. */
    private static @Nullable String gateway(Source source) {
        String system = source.system();
        boolean isGateway = !system.isEmpty() && !system.equals(source.device());
        return isGateway && (source.family().equals("iot") || source.family().equals("ruuvi")) ? system : null;
    }
}
