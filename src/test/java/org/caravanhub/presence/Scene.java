package org.caravanhub.presence;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.caravanhub.device.Presence;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Vitals;
import org.caravanhub.reading.When;
import org.caravanhub.store.Receipt;

/** Devices that speak, and a watch that looks every five seconds, in a time that only the test moves. */
final class Scene {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    final Time time = new Time();
    final Ears ears = new Ears();
    final PresenceWatch watch = new PresenceWatch(ears, time, () -> time.monotonic.toNanos());
    final List<Change> changes = new ArrayList<>();
    /** What happens every five seconds. */
    Runnable looks = this::look;

    Scene() {
        watch.recall(List.of(), List.of());
        look();
    }

    /** A hub's clock that can be set, and one that cannot. */
    static final class Time extends Clock {
        Duration monotonic = Duration.ofHours(5);
        Instant wall = NOON;

        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Ears implements Hearing {
        boolean hears = true;
        boolean isClockBelieved = true;
        boolean isBehind;
        Duration sinceResumed = Duration.ofDays(1);
        Duration advised = Duration.ZERO;

        @Override
        public boolean hears() {
            return hears;
        }

        @Override
        public boolean isBehind() {
            return isBehind;
        }

        @Override
        public Duration sinceResumed() {
            return sinceResumed;
        }

        @Override
        public boolean isClockBelieved() {
            return isClockBelieved;
        }

        @Override
        public Duration advised() {
            return advised;
        }
    }

    /** So much later; the watch has looked meanwhile. */
    Scene later(Duration span) {
        long left = span.toMillis();
        while (left > 0) {
            long step = Math.min(5000, left);
            time.monotonic = time.monotonic.plusMillis(step);
            time.wall = time.wall.plusMillis(step);
            ears.sinceResumed = ears.sinceResumed.plusMillis(step);
            left -= step;
            looks.run();
        }
        return this;
    }

    Scene seconds(long seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    void look() {
        watch.look(changes, new ArrayList<>());
    }

    /** It measures so often, each time now. */
    Scene speaks(String device, int times, Duration every) {
        for (int i = 0; i < times; i++) {
            says(reading(device));
            later(every);
        }
        return this;
    }

    Scene says(Outcome... outcomes) {
        watch.heard(List.of(outcomes));
        watch.committed(List.of(), Receipt.EMPTY);
        return this;
    }

    /** With a time of its own, which is now. */
    Reading reading(String device) {
        return reading(Source.of(device, "caravan"), Duration.ZERO, 0);
    }

    Reading reading(Source source, Duration age, int flags) {
        return new Reading(source, time.wall.minus(age), time.wall, Metrics.of("temperature_c", 1), flags);
    }

    Reading timeless(String device) {
        return reading(Source.of(device, "caravan"), Duration.ZERO, Flag.NO_DEVICE_TIME.bit());
    }

    Reading through(String gateway, String device) {
        return reading(new Source(device, "iot", "hut", gateway, "temperature", "", ""), Duration.ZERO, 0);
    }

    Status status(String device, Status.State state, String activity, int flags) {
        return new Status(
                Source.of(device, "caravan"),
                state,
                new Vitals(activity, OptionalLong.empty(), OptionalLong.empty(), "", ""),
                new When(time.wall, time.wall, flags),
                Document.ofChecked("{}".getBytes(StandardCharsets.UTF_8)));
    }

    Status birth(String device) {
        return status(device, Status.State.ONLINE, "", Flag.NO_DEVICE_TIME.bit());
    }

    Status will(String device) {
        return status(device, Status.State.OFFLINE, "", Flag.NO_DEVICE_TIME.bit());
    }

    Presence of(String device) {
        return watch.of(device);
    }

    String reason(String device) {
        return watch.standing(device).orElseThrow().reason();
    }

    /** What was told of it: {@code online, offline}. */
    List<String> told(String device) {
        return changes.stream()
                .filter(change -> change.isNews() && change.now().device().equals(device))
                .map(change -> change.now().state().word())
                .toList();
    }
}
