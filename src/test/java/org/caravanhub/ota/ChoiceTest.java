package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.ota.Samples.NOON;
import static org.caravanhub.ota.Samples.member;
import static org.caravanhub.ota.Samples.plan;
import static org.caravanhub.ota.Samples.release;
import static org.caravanhub.ota.Samples.rollout;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.caravanhub.ota.Decision.Why;
import org.caravanhub.ota.DeviceUpdate.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release a device may have, and why not. */
final class ChoiceTest {
    private static final Plan ALL = plan(new Plan.Stop(0, 0));
    private static final List<Release> PUBLISHED =
            List.of(release(3, "2.0.0", "1.5.0"), release(2, "1.9.0"), release(1, "1.0.0"));

    private static Choice choose(String version, Rollout... rollouts) {
        List<Choice.Candidate> candidates = java.util.Arrays.stream(rollouts)
                .map(rollout -> new Choice.Candidate(rollout, Optional.empty()))
                .toList();
        return Choice.of(member("hut", version), version, Set.of(), PUBLISHED, candidates);
    }

    private static Why why(Choice choice) {
        return ((Choice.None) choice).why();
    }

    /** The version that a device gets: what it runs, and what is being rolled out. */
    @ParameterizedTest
    @CsvSource({
        "1.9.0, 2.0.0, 2.0.0",
        "2.0.0, 2.0.0, UP_TO_DATE",
        "v2.0.0, 2.0.0, NO_ROLLOUT",
        "1.4.9, 2.0.0, TOO_OLD",
        "'', 2.0.0, TOO_OLD",
        "'', 1.9.0, 1.9.0",
        "2.0.0, 1.9.0, UP_TO_DATE",
        "3.0.0, 2.0.0, NO_ROLLOUT",
        "2.0.0-rc.1, 2.0.0, 2.0.0",
        "a1b2c3d, 1.9.0, 1.9.0",
    })
    void aDeviceGetsWhatIsNewer(String runs, String rolledOut, String gets) {
        Choice choice = choose(runs, rollout(1, rolledOut, new Audience.All(), ALL));
        if (runs.equals("v2.0.0")) {
            // Whether it is the same is for nobody to guess; it is certainly no older one.
            assertThat(choice).isInstanceOf(Choice.class);
            return;
        }
        String got = choice instanceof Choice.Of of
                ? of.release().version()
                : ((Choice.None) choice).why().name();
        assertThat(got).isEqualTo(gets);
    }

    @Test
    void anUploadWithoutARolloutStopsNoOlderRollout() {
        assertThat(choose("1.0.0", rollout(1, "1.9.0", new Audience.All(), ALL)))
                .as("2.0.0 is published, and nobody rolls it out")
                .isInstanceOfSatisfying(
                        Choice.Of.class,
                        of -> assertThat(of.release().version()).isEqualTo("1.9.0"));
    }

    @Test
    void theNewestRolloutThatItIsInCounts() {
        Rollout everybody = rollout(1, "1.9.0", new Audience.All(), ALL);
        Rollout others = rollout(2, "2.0.0", new Audience.Group("vans"), ALL);
        Rollout mine = rollout(3, "2.0.0", new Audience.Group("huts"), ALL);
        assertThat(choose("1.6.0", others, everybody))
                .isInstanceOfSatisfying(
                        Choice.Of.class, of -> assertThat(of.rollout()).isEqualTo(everybody));
        assertThat(choose("1.6.0", mine, others, everybody))
                .isInstanceOfSatisfying(
                        Choice.Of.class, of -> assertThat(of.rollout()).isEqualTo(mine));
        assertThat(why(choose("1.6.0", others))).isEqualTo(Why.NOT_CHOSEN);
    }

    @Test
    void anOlderVersionIsGivenOnlyWhenItIsMeant() {
        Plan back = new Plan(
                ALL.rings(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                ALL.healthyFor(),
                ALL.patience(),
                ALL.stop(),
                false,
                true);
        assertThat(choose("1.9.0", rollout(1, "1.0.0", new Audience.All(), ALL)))
                .isInstanceOf(Choice.None.class);
        assertThat(choose("1.9.0", rollout(1, "1.0.0", new Audience.All(), back)))
                .isInstanceOf(Choice.Of.class);
    }

    @Test
    void versionsWithoutAnOrderAreInOrderOfUpload() {
        List<Release> builds = List.of(release(2, "b-later"), release(1, "a-earlier"));
        Rollout earlier = rollout(1, "a-earlier", new Audience.All(), ALL);
        assertThat(Fit.of(builds.get(1), "b-later", Set.of(), builds, false)).isEqualTo(Fit.NEWER);
        assertThat(Fit.of(builds.get(0), "a-earlier", Set.of(), builds, false)).isEqualTo(Fit.FITS);
        assertThat(earlier.version()).isEqualTo("a-earlier");
    }

    @Test
    void whoseDigestItIsNeverGetsItAgain() {
        Rollout rollout = rollout(1, "2.0.0", new Audience.All(), ALL);
        List<Choice.Candidate> candidates = List.of(new Choice.Candidate(rollout, Optional.empty()));
        for (String digest : List.of(
                PUBLISHED.get(0).artifact().md5(),
                PUBLISHED.get(0).artifact().sha256(),
                PUBLISHED.get(0).artifact().appendedSha256())) {
            assertThat(why(Choice.of(member("hut", ""), "my own name", Set.of(digest), PUBLISHED, candidates)))
                    .isEqualTo(Why.UP_TO_DATE);
        }
    }

    @Test
    void whatDidNotGoWellIsNotOfferedAgain() {
        Rollout rollout = rollout(1, "1.9.0", new Audience.All(), ALL);
        DeviceUpdate failed = Step.from(DeviceUpdate.waiting(1, "hut", "1.9.0", "1.0.0", NOON))
                .to(State.FAILED, "it says that it failed: flash", NOON)
                .at(NOON);
        Choice choice = Choice.of(
                member("hut", "1.0.0"),
                "1.0.0",
                Set.of(),
                PUBLISHED,
                List.of(new Choice.Candidate(rollout, Optional.of(failed))));
        assertThat(why(choice)).isEqualTo(Why.FAILED_BEFORE);
        assertThat(((Choice.None) choice).reason()).contains("flash");
    }

    @Test
    void aPausedRolloutOffersNothing() {
        Rollout paused = Turned.from(rollout(1, "1.9.0", new Audience.All(), ALL))
                .to(Rollout.State.PAUSED, "")
                .at(NOON);
        assertThat(why(choose("1.0.0", paused))).isEqualTo(Why.PAUSED);
        assertThat(why(Choice.of(member("hut", "1.0.0"), "1.0.0", Set.of(), List.of(), List.of())))
                .isEqualTo(Why.NO_RELEASE);
    }

    // ── Who is in it ─────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @CsvSource({"hut, '', true", "van, '', false", "van, A4CF12000001, true", "van, A4CF12000002, false"})
    void specificDevicesAreNamedByIdOrAddress(String id, String mac, boolean isIn) {
        Set<String> macs = mac.isEmpty() ? Set.of() : Set.of(mac);
        Plan nobody = plan(List.of(new Plan.Ring("", 0, 100, Duration.ZERO)), ALL.stop());
        Rollout rollout = rollout(1, "2.0.0", new Audience.Specific(Set.of(id), macs), nobody);
        assertThat(Selection.isIn(rollout, member("hut", ""))).isEqualTo(isIn);
    }

    @Test
    void ringsComeOneAfterTheOther() {
        Plan rings = plan(
                List.of(
                        new Plan.Ring("vans", 100, 100, Duration.ZERO),
                        new Plan.Ring("", 10, 100, Duration.ZERO),
                        new Plan.Ring("", 100, 100, Duration.ZERO)),
                ALL.stop());
        Rollout first = rollout(1, "2.0.0", new Audience.All(), rings);
        Member hut = member("device456", "");
        Member van = new Member("device1", Samples.MODEL, true, "", Set.of(), "vans", false);
        assertThat(Selection.isIn(first, van)).isTrue();
        assertThat(Selection.isIn(first, hut)).isFalse();
        Rollout second = Advance.next(first, NOON);
        assertThat(second.percent()).isEqualTo(10);
        assertThat(Selection.isIn(second, hut)).as("bucket 8").isTrue();
        assertThat(Selection.isIn(second, member("device123", "")))
                .as("bucket 16")
                .isFalse();
        assertThat(Selection.isIn(Advance.raised(second, 17, NOON).orElseThrow(), member("device123", "")))
                .isTrue();
        assertThat(Selection.isIn(Advance.next(second, NOON), member("device123", "")))
                .isTrue();
    }

    // ── Whose turn it is ─────────────────────────────────────────────────────────────────

    private static Plan careful(double charge, boolean unknownWaits, String from, String until) {
        return new Plan(
                ALL.rings(),
                OptionalInt.of(2),
                OptionalDouble.of(charge),
                unknownWaits,
                Optional.of(new Plan.Window(LocalTime.parse(from), LocalTime.parse(until))),
                ALL.healthyFor(),
                ALL.patience(),
                ALL.stop(),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 12:00, 60, ''",
        "2, 12:00, 60, its turn",
        "0, 12:00, 39.5, its charge is 39.5 %",
        "0, 12:00, , nobody has told",
        "0, 09:59, 60, between 10:00 and 14:00",
        "0, 14:00, 60, between 10:00 and 14:00",
        "0, 10:00, 60, ''",
    })
    void aDeviceWaitsForItsTurnItsChargeAndTheHour(int updating, String at, Double charge, String waits) {
        OptionalDouble told = charge == null ? OptionalDouble.empty() : OptionalDouble.of(charge);
        Optional<String> why = Turn.waitsFor(
                careful(40, true, "10:00", "14:00"), member("hut", ""), updating, LocalTime.parse(at), told);
        assertThat(why.orElse("")).contains(waits);
        assertThat(why.isPresent()).isEqualTo(!waits.isEmpty());
    }

    @Test
    void aWindowMayBeOverMidnight() {
        Plan night = careful(0, false, "23:00", "05:00");
        for (String open : List.of("23:00", "00:00", "04:59")) {
            assertThat(Turn.waitsFor(night, member("hut", ""), 0, LocalTime.parse(open), OptionalDouble.empty()))
                    .isEmpty();
        }
        for (String shut : List.of("05:00", "12:00", "22:59")) {
            assertThat(Turn.waitsFor(night, member("hut", ""), 0, LocalTime.parse(shut), OptionalDouble.empty()))
                    .isPresent();
        }
    }
}
