package org.caravanhub.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.device.Presence.DISABLED;
import static org.caravanhub.device.Presence.NEW;
import static org.caravanhub.device.Presence.OFFLINE;
import static org.caravanhub.device.Presence.ONLINE;
import static org.caravanhub.device.Presence.STALE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.caravanhub.device.PastPresence;
import org.caravanhub.device.Presence;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.store.PresenceBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PresenceWatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int RETAINED = Flag.RETAINED.bit() | Flag.NO_DEVICE_TIME.bit();

    private record Story(String name, Consumer<Scene> happens, Presence then, String because) {}

    /** The device {@code hut} has spoken every minute for ten; then this happens. */
    @TestFactory
    Stream<DynamicTest> states() {
        return Stream.of(
                        new Story(
                                "it just spoke",
                                at -> at.says(at.reading("hut")).seconds(12),
                                ONLINE,
                                "heard 12 s ago"),
                        new Story("it missed two", at -> at.seconds(100), ONLINE, "heard 2 min ago"),
                        new Story("it missed three", at -> at.seconds(130), STALE, "missed 3 of 60 s"),
                        new Story("it missed ten", at -> at.seconds(600), OFFLINE, "missed 11 of 60 s"),
                        new Story(
                                "it was asked to report each five minutes, to save power",
                                at -> {
                                    at.ears.advised = Duration.ofMinutes(5);
                                    at.seconds(800);
                                },
                                ONLINE,
                                "heard 14 min ago"),
                        new Story(
                                "it was asked to, and is gone",
                                at -> {
                                    at.ears.advised = Duration.ofMinutes(5);
                                    at.seconds(3100);
                                },
                                OFFLINE,
                                "missed 52 of 60 s"),
                        new Story("it is back", at -> at.seconds(600).says(at.reading("hut")), ONLINE, "heard 0 s ago"),
                        new Story(
                                "its will was just published",
                                at -> at.says(at.will("hut")).seconds(9),
                                ONLINE,
                                "heard"),
                        new Story(
                                "its will stands", at -> at.says(at.will("hut")).seconds(10), OFFLINE, "last will at "),
                        new Story(
                                "it speaks after its will",
                                at -> at.says(at.will("hut")).seconds(60).says(at.reading("hut")),
                                ONLINE,
                                "heard 0 s ago"),
                        new Story(
                                "another connection took over, and the old one's will came",
                                at -> at.says(at.will("hut"))
                                        .seconds(3)
                                        .says(at.birth("hut"))
                                        .seconds(20),
                                ONLINE,
                                "heard 20 s ago"),
                        new Story(
                                "what it said after its will came first, on another way",
                                at -> {
                                    Status will = at.will("hut");
                                    at.time.wall = at.time.wall.plusMillis(40);
                                    at.says(at.timeless("hut"), will).seconds(30);
                                },
                                ONLINE,
                                "heard 30 s ago"),
                        new Story(
                                "it sent what it had buffered two hours ago",
                                at -> at.seconds(600)
                                        .says(at.reading(Source.of("hut", "caravan"), Duration.ofHours(2), 0)),
                                OFFLINE,
                                "missed 11 of 60 s"),
                        new Story(
                                "a message came again",
                                at -> {
                                    var again = at.reading("hut");
                                    at.says(again).seconds(601).says(again);
                                },
                                OFFLINE,
                                "missed 10 of 60 s"),
                        new Story(
                                "the broker had kept a birth",
                                at -> at.seconds(600).says(at.status("hut", Status.State.ONLINE, "", RETAINED)),
                                OFFLINE,
                                "missed 11 of 60 s"),
                        new Story(
                                "the broker had kept a will, but the device was heard since",
                                at -> at.says(at.status("hut", Status.State.OFFLINE, "", RETAINED))
                                        .seconds(30),
                                ONLINE,
                                "heard 90 s ago"),
                        new Story(
                                "the broker had kept a will, and the device is overdue",
                                at -> at.seconds(30)
                                        .says(at.status("hut", Status.State.OFFLINE, "", RETAINED))
                                        .seconds(60),
                                OFFLINE,
                                "last will, kept by the broker"),
                        new Story(
                                "what has no time may have waited in the broker",
                                at -> {
                                    at.seconds(600).ears.sinceResumed = Duration.ofSeconds(2);
                                    at.says(at.timeless("hut"));
                                },
                                OFFLINE,
                                "missed 11 of 60 s"),
                        new Story(
                                "its will may have waited in the broker: it has a minute to contradict",
                                at -> {
                                    at.ears.sinceResumed = Duration.ofSeconds(2);
                                    at.says(at.will("hut"))
                                            .seconds(40)
                                            .says(at.reading("hut"))
                                            .seconds(30);
                                },
                                ONLINE,
                                "heard 30 s ago"),
                        new Story(
                                "it talks nonsense",
                                at -> at.seconds(600)
                                        .says(new Malformed(
                                                Message.of(
                                                        "caravan/hut/telemetry",
                                                        "{".getBytes(StandardCharsets.UTF_8),
                                                        at.time.wall),
                                                "hut",
                                                Malformed.Cause.NOT_JSON,
                                                "")),
                                ONLINE,
                                "heard 0 s ago"),
                        new Story(
                                "it goes to sleep, and then the broker tells its will",
                                at -> at.says(at.status("hut", Status.State.ONLINE, "SLEEP", 0))
                                        .seconds(1)
                                        .says(at.will("hut"))
                                        .seconds(60),
                                ONLINE,
                                "heard 61 s ago; it sleeps"),
                        new Story(
                                "it sleeps for ever",
                                at -> at.says(at.status("hut", Status.State.OFFLINE, "disconnect", 0))
                                        .seconds(700),
                                OFFLINE,
                                "missed 11 of 60 s; it sleeps"),
                        new Story(
                                "it dies after it woke up",
                                at -> at.says(at.status("hut", Status.State.ONLINE, "SLEEP", 0))
                                        .seconds(60)
                                        .says(at.reading("hut"))
                                        .says(at.will("hut"))
                                        .seconds(10),
                                OFFLINE,
                                "last will at "),
                        new Story(
                                "it came back at once, and that waits for its commit",
                                at -> {
                                    Status will = at.will("hut");
                                    at.seconds(2);
                                    Status birth = at.birth("hut");
                                    at.ears.isBehind = true;
                                    at.says(will).seconds(25);
                                    assertThat(at.of("hut")).isEqualTo(ONLINE);
                                    at.says(birth).ears.isBehind = false;
                                    at.look();
                                },
                                ONLINE,
                                "heard 25 s ago"),
                        new Story(
                                "its owner knows better",
                                at -> {
                                    at.watch.owned("hut", owned(false, Duration.ofHours(1)));
                                    at.seconds(3000);
                                },
                                ONLINE,
                                "heard 51 min ago"),
                        new Story(
                                "its owner wants nothing of it",
                                at -> at.watch.owned("hut", owned(true)),
                                DISABLED,
                                "disabled by its owner"),
                        new Story(
                                "the broker was away for an hour",
                                at -> {
                                    at.ears.hears = false;
                                    at.look();
                                    at.seconds(3600).ears.hears = true;
                                    at.look();
                                    at.seconds(60);
                                },
                                ONLINE,
                                "heard 62 min ago"),
                        new Story(
                                "the hub began in 1970 and its clock is set",
                                at -> {
                                    at.time.wall = Instant.EPOCH.plusSeconds(100);
                                    at.says(at.reading(
                                                            Source.of("hut", "caravan"),
                                                            Duration.between(Scene.NOON, at.time.wall),
                                                            Flag.FUTURE.bit()))
                                                    .seconds(30)
                                                    .time
                                                    .wall =
                                            Scene.NOON.plus(Duration.ofDays(3));
                                    at.seconds(30);
                                },
                                ONLINE,
                                "heard 60 s ago"),
                        new Story(
                                "the clock is set back over its will",
                                at -> {
                                    at.says(at.will("hut")).seconds(30).time.wall =
                                            Scene.NOON.minus(Duration.ofDays(3));
                                    at.says(at.timeless("hut"));
                                },
                                ONLINE,
                                "heard 0 s ago"))
                .map(story -> DynamicTest.dynamicTest(story.name, () -> {
                    Scene scene = new Scene().speaks("hut", 10, MINUTE);
                    story.happens.accept(scene);

                    assertThat(scene.of("hut")).isEqualTo(story.then);
                    assertThat(scene.reason("hut")).startsWith(story.because);
                }));
    }

    private static Optional<PresenceBook.Ownership> owned(boolean isDisabled, Duration... interval) {
        return Optional.of(
                new PresenceBook.Ownership(isDisabled, Stream.of(interval).findFirst()));
    }

    @Test
    void whatTheBrokerKeptIsNoContactWithADeviceThatWasNeverHeard() {
        Scene scene = new Scene();
        scene.says(
                        scene.status("birth", Status.State.ONLINE, "", RETAINED),
                        scene.status("will", Status.State.OFFLINE, "", RETAINED))
                .seconds(15);

        assertThat(scene.of("birth")).isEqualTo(NEW);
        assertThat(scene.of("will")).isEqualTo(OFFLINE);
        assertThat(scene.of("nobody")).isEqualTo(NEW);
    }

    @Test
    void aClockThatIsTwoHoursBehindIsTheDevicesOwnAndNoReasonToCallItGone() {
        Scene scene = new Scene();
        for (int i = 0; i < 10; i++) {
            scene.says(scene.reading(Source.of("hut", "caravan"), Duration.ofHours(2), Flag.LATE.bit()))
                    .seconds(60);
        }

        assertThat(scene.of("hut")).isEqualTo(ONLINE);
    }

    @Test
    void whoSaysThatItIsThereAndSeldomSpeaksIsThereUntilItsWill() {
        Scene scene = new Scene();
        scene.says(scene.birth("switch")).later(Duration.ofHours(5));
        assertThat(scene.of("switch")).isEqualTo(ONLINE);

        scene.says(scene.will("switch")).seconds(10);
        assertThat(scene.of("switch")).isEqualTo(OFFLINE);
    }

    @Test
    void whatSharesACommitIsHeardWhenItCame() {
        Scene scene = new Scene();
        for (int commit = 0; commit < 12; commit++) {
            List<Outcome> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(scene.reading("hut"));
                scene.seconds(12);
            }
            scene.says(waiting.toArray(new Outcome[0]));
        }

        assertThat(scene.watch.standing("hut").orElseThrow().usual()).hasSeconds(12);
    }

    @Test
    void whoWaitsForADeviceIsToldOnceForAReportAndNotForWhatIsOld() {
        Scene scene = new Scene();
        List<String> heard = new ArrayList<>();
        scene.watch.whenHeard(heard::add);
        var first = scene.reading("hut");

        scene.says(first, scene.timeless("hut"), scene.timeless("van"));
        assertThat(heard).containsExactly("hut", "van");
        scene.seconds(20);
        scene.says(
                first,
                scene.reading(Source.of("hut", "caravan"), Duration.ofMinutes(10), 0),
                scene.status("hut", Status.State.ONLINE, "", RETAINED),
                scene.will("van"));
        assertThat(heard).hasSize(2);
        scene.says(scene.reading("hut"));
        assertThat(heard).hasSize(3);
    }

    @Test
    void fiftySensorsShareTheFateOfTheirGatewayAndOneAlertIsTold() {
        Scene scene = new Scene();
        scene.watch.owned("gw-01", owned(false));
        for (int round = 0; round < 5; round++) {
            scene.says(scene.birth("gw-01"));
            for (int i = 0; i < 50; i++) {
                scene.watch.owned("s" + i, owned(false));
                scene.says(scene.through("gw-01", "s" + i));
            }
            scene.says(scene.through("gw-02", "s0"));
            scene.seconds(60);
        }
        scene.changes.clear();

        scene.says(scene.will("gw-01")).seconds(120);
        assertThat(scene.of("s7")).isEqualTo(OFFLINE);
        assertThat(scene.reason("s7")).isEqualTo("its gateway gw-01 is offline");
        assertThat(scene.of("s0")).as("heard through another one too").isNotEqualTo(OFFLINE);
        assertThat(scene.changes.stream().filter(change -> change.alarm() == Change.Alarm.RAISE))
                .extracting(change -> change.now().device(), change -> change.behind()
                        .size())
                .containsExactly(org.assertj.core.api.Assertions.tuple("gw-01", 49));
        assertThat(scene.changes.stream().filter(Change::isAlone).map(change -> change.now()
                        .device()))
                .contains("gw-01")
                .doesNotContain("s7");

        scene.changes.clear();
        scene.says(scene.birth("gw-01"));
        assertThat(scene.reason("s7")).isEqualTo("its gateway gw-01 was offline; not heard since");
        scene.says(scene.through("gw-01", "s7")).seconds(70);
        assertThat(scene.of("s7")).isEqualTo(ONLINE);
        assertThat(scene.of("s8")).isEqualTo(OFFLINE);
        assertThat(scene.changes.stream().filter(Change::isAlone).map(change -> change.now()
                        .device()))
                .doesNotContain("s7", "s8");

        scene.changes.clear();
        for (int i = 0; i < 12; i++) {
            scene.says(scene.birth("gw-01"), scene.through("gw-01", "s7")).seconds(60);
        }
        assertThat(scene.changes.stream().filter(change -> change.alarm() == Change.Alarm.RAISE))
                .as("its gateway is back, and it is not")
                .anyMatch(change -> change.now().device().equals("s8"));
    }

    @Test
    void aGatewayThatDiesWithoutAWordIsNotFiftyAlerts() {
        Scene scene = new Scene();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 50; i++) {
                scene.watch.owned("s" + i, owned(false));
                scene.says(scene.through("gw-01", "s" + i));
            }
            if (round % 6 == 0) {
                scene.watch.owned("gw-01", owned(false, Duration.ofMinutes(1)));
                scene.says(scene.birth("gw-01"));
            }
            scene.seconds(10);
        }

        scene.later(Duration.ofMinutes(15));

        assertThat(scene.of("s1")).isEqualTo(OFFLINE);
        assertThat(scene.changes.stream().filter(change -> change.alarm() == Change.Alarm.RAISE))
                .extracting(change -> change.now().device())
                .containsExactly("gw-01");
    }

    @Test
    void aDeviceThatFlapsIsToldSeldomAndShownAsSuchAndItsStateIsTrue() {
        Scene scene = new Scene().speaks("hut", 5, MINUTE);
        scene.changes.clear();
        for (int i = 0; i < 20; i++) {
            scene.says(scene.will("hut")).seconds(12);
            assertThat(scene.of("hut")).isEqualTo(OFFLINE);
            scene.says(scene.birth("hut")).seconds(3);
            assertThat(scene.of("hut")).isEqualTo(ONLINE);
        }

        assertThat(scene.told("hut")).hasSizeLessThan(4);
        assertThat(scene.watch.standing("hut").orElseThrow().isFlapping()).isTrue();
        assertThat(scene.watch.standing("hut").orElseThrow().lostLastHour()).isEqualTo(20);
        assertThat(scene.watch.counts().flapping()).isEqualTo(1);
        scene.speaks("hut", 65, MINUTE);
        assertThat(scene.watch.standing("hut").orElseThrow().isFlapping()).isFalse();
    }

    @Test
    void anUnknownSensorThatPassesByAlarmsNobody() {
        Scene scene = new Scene().speaks("tyre", 5, MINUTE).later(Duration.ofHours(1));

        assertThat(scene.told("tyre")).containsExactly("online", "stale", "offline");
        assertThat(scene.changes).allMatch(change -> change.alarm() == Change.Alarm.NONE);

        scene.speaks("tyre", 24 * 60, MINUTE).later(Duration.ofHours(1));
        assertThat(scene.changes.stream().map(Change::alarm))
                .as("there for a day")
                .contains(Change.Alarm.RAISE);
        scene.speaks("tyre", 1, MINUTE);
        assertThat(scene.changes.get(scene.changes.size() - 1).alarm()).isEqualTo(Change.Alarm.RESOLVE);
    }

    @Test
    void aHubThatWasOffDoesNotHoldItAgainstAnybodyAndTellsNothingTwice() {
        Scene scene = new Scene();
        Instant off = Scene.NOON.minus(Duration.ofHours(8));
        scene.watch.recall(
                List.of(
                        past("awake", off, ONLINE, Cause.HEARD),
                        past("dead", off.minus(Duration.ofDays(2)), OFFLINE, Cause.WILL),
                        past("daily", off.minus(Duration.ofHours(20)), ONLINE, Cause.HEARD)),
                List.of());

        scene.seconds(60);
        assertThat(scene.of("awake")).isEqualTo(ONLINE);
        assertThat(scene.reason("awake")).isEqualTo("heard 8 h ago; not known while the hub was off");
        assertThat(scene.of("dead")).isEqualTo(OFFLINE);
        assertThat(scene.reason("dead")).isEqualTo("as it was");
        assertThat(scene.changes).isEmpty();
        scene.seconds(600);
        assertThat(scene.told("awake")).as("missed while the hub was on").containsExactly("stale", "offline");
        assertThat(scene.told("dead")).isEmpty();
    }

    private static PastPresence past(String device, Instant heard, Presence state, Cause cause) {
        Duration usual = device.equals("daily") ? Duration.ofDays(1) : MINUTE;
        return new PastPresence(
                device,
                true,
                false,
                Optional.empty(),
                Optional.of(heard.minus(Duration.ofDays(9))),
                Optional.of(heard),
                Optional.of(new PastPresence.Judged(
                        device, state, cause.word(), "as it was", heard, heard, Optional.of(usual))));
    }
}
