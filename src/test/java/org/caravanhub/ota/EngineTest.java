package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.ota.RolloutWorld.ADMIN;
import static org.caravanhub.ota.Samples.NOON;
import static org.caravanhub.ota.Samples.draft;
import static org.caravanhub.ota.Samples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts from their beginning to their end, on a real database, in minutes that do not pass. */
final class EngineTest {
    private static final Plan PLAN = plan(new Plan.Stop(2, 0));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private RolloutWorld world;

    @BeforeEach
    void open() {
        world = new RolloutWorld(folder, NOON);
        world.publish("1.0.0", "2.0.0");
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private long start(String version, Audience audience, Plan plan) {
        long id = world.rollouts()
                .create(draft("to " + version, version, audience, plan), ADMIN)
                .id();
        world.engine.look();
        return id;
    }

    /** It asks, fetches, starts again and is well until it is done. */
    private void update(String device, String to) {
        assertThat(world.ask(device, "1.0.0")).isInstanceOf(Decision.Offer.class);
        world.say(device, Stage.DOWNLOADING, 50);
        world.say(device, Stage.SUCCESS, 100);
        long[] uptime = {0};
        world.pass(MINUTE.multipliedBy(11), () -> {
            uptime[0] += 15;
            world.tell(device, to, uptime[0]);
        });
    }

    private Rollout rollout(long id) {
        return world.rollouts().find(id).orElseThrow().rollout();
    }

    /** Whoever has begun is not stopped with half an image. */
    @Test
    void whileTheHubSavesPowerNobodyBegins() {
        world.register("", "hut", "van");
        long id = start("2.0.0", new Audience.All(), PLAN);
        assertThat(world.ask("hut", "1.0.0")).isInstanceOf(Decision.Offer.class);
        world.say("hut", Stage.DOWNLOADING, 50);

        world.hubWaits = Optional.of("the hub saves power; updates begin again when ecoflow-R331 has 35 %");
        assertThat(world.ask("hut", "1.0.0")).isInstanceOf(Decision.Offer.class);
        assertThat(world.ask("van", "1.0.0")).isInstanceOfSatisfying(Decision.Nothing.class, nothing -> {
            assertThat(nothing.why()).isEqualTo(Decision.Why.WAITS);
            assertThat(nothing.reason()).contains("saves power", "35 %");
        });
        world.reachable.add("van");
        world.pass(MINUTE.multipliedBy(30));
        assertThat(world.offered).doesNotContain("van 2.0.0");
        assertThat(world.rollouts().update(id, "van").orElseThrow().reason()).contains("saves power");

        world.hubWaits = Optional.empty();
        assertThat(world.ask("van", "1.0.0")).isInstanceOf(Decision.Offer.class);
    }

    @Test
    void aRolloutIsCompleteWhenEveryDeviceRunsItAndIsWell() {
        world.register("", "hut", "van");
        long id = start("2.0.0", new Audience.All(), PLAN);
        update("hut", "2.0.0");
        assertThat(world.state(id, "hut")).isEqualTo(State.DONE);
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.RUNNING);
        update("van", "2.0.0");
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.COMPLETED);
        assertThat(world.engine.look()).as("nothing is open").isFalse();

        world.register("", "late");
        assertThat(world.ask("late", "1.0.0")).as("one that comes later").isInstanceOf(Decision.Offer.class);
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.RUNNING);
    }

    @Test
    void aQuestionThatIsRepeatedWritesNothing() {
        world.register("", "hut");
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.ask("hut", "1.0.0");
        DeviceUpdate first = world.rollouts().update(id, "hut").orElseThrow();
        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofSeconds(15));
            assertThat(world.ask("hut", "1.0.0")).isInstanceOf(Decision.Offer.class);
        }
        assertThat(world.rollouts().update(id, "hut")).contains(first);
    }

    @Test
    void itPausesByItselfNamesTheDevicesAndGoesOn() {
        world.register("", "a", "b", "c");
        long id = start("2.0.0", new Audience.All(), PLAN);
        for (String device : List.of("a", "b", "c")) {
            world.ask(device, "1.0.0");
        }
        world.say("a", Stage.FAILED, 0);
        world.say("b", Stage.FAILED, 0);
        world.pass(Duration.ofSeconds(15));

        assertThat(rollout(id).state()).isEqualTo(Rollout.State.PAUSED);
        assertThat(rollout(id).reason()).isEqualTo("2 of 2 devices that came to an end failed; 2 failures pause it");
        assertThat(world.alert(id).text()).contains("Failed: a, b");
        assertThat(world.ask("c", "1.0.0")).isInstanceOfSatisfying(Decision.Nothing.class, no -> assertThat(no.why())
                .isEqualTo(Decision.Why.PAUSED));
        assertThat(world.rows("select who || ' ' || action from audit")).contains("hub pause-rollout");

        world.rollouts().resume(id, ADMIN);
        assertThat(world.resolved).containsExactly("rollout-" + id);
        world.pass(MINUTE);
        assertThat(rollout(id).state())
                .as("what failed before does not count again")
                .isEqualTo(Rollout.State.RUNNING);
        update("c", "2.0.0");
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.COMPLETED);
        assertThat(rollout(id).reason()).isEqualTo("1 of 3 devices are done, 2 failed");
    }

    @Test
    void whatFailedGetsTheLastGoodReleaseBack() {
        world.register("", "a", "b", "c", "d");
        Plan returning = new Plan(
                PLAN.rings(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                PLAN.healthyFor(),
                PLAN.patience(),
                PLAN.stop(),
                true,
                false);
        long id = start("2.0.0", new Audience.All(), returning);
        update("c", "2.0.0");
        world.ask("a", "1.0.0");
        world.ask("b", "1.0.0");
        world.tell("a", "1.0.0", 500);
        world.say("a", Stage.FAILED, 0);
        world.say("b", Stage.FAILED, 0);
        world.pass(Duration.ofSeconds(15));

        assertThat(rollout(id).state()).isEqualTo(Rollout.State.ROLLING_BACK);
        assertThat(world.rows("select action || ' ' || subject from audit"))
                .contains("rollback_initiated rollout/" + id);
        Rollout back = world.book.returning(id).orElseThrow();
        assertThat(back.version()).isEqualTo("1.0.0");
        assertThat(world.rollouts().updates(back.id(), Optional.empty(), "", 10))
                .extracting(DeviceUpdate::device)
                .as("a tells that it runs 1.0.0 still, and d never began")
                .containsExactly("b", "c");
        assertThat(world.rollouts().update(id, "d").orElseThrow().isOpen()).isFalse();

        assertThat(world.ask("c", "2.0.0")).isInstanceOfSatisfying(Decision.Offer.class, offer -> assertThat(
                        offer.release().version())
                .isEqualTo("1.0.0"));
        long[] uptime = {0};
        world.pass(MINUTE.multipliedBy(12), () -> {
            uptime[0] += 15;
            world.tell("b", "1.0.0", uptime[0]);
            world.tell("c", "1.0.0", uptime[0]);
        });
        assertThat(rollout(back.id()).state()).isEqualTo(Rollout.State.COMPLETED);
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.ROLLED_BACK);
        assertThat(world.state(id, "c")).as("its end stays its end").isEqualTo(State.DONE);
    }

    @Test
    void ringsComeOneAfterTheOtherAndAreWatched() {
        world.register("first", "a", "b");
        world.register("", "c");
        Plan rings = plan(
                List.of(
                        new Plan.Ring("first", 100, 50, MINUTE.multipliedBy(30)),
                        new Plan.Ring("", 100, 100, Duration.ZERO)),
                PLAN.stop());
        long id = start("2.0.0", new Audience.All(), rings);
        assertThat(world.rollouts()
                        .preview(draft("x", "2.0.0", new Audience.All(), rings))
                        .rings())
                .containsExactly(2, 1);
        assertThat(world.ask("c", "1.0.0")).isInstanceOf(Decision.Nothing.class);
        update("a", "2.0.0");
        assertThat(rollout(id).ring()).as("half are done, and are watched").isZero();
        assertThat(rollout(id).reason()).contains("watched for 30 min");
        world.pass(MINUTE.multipliedBy(31));
        assertThat(rollout(id).ring()).isEqualTo(1);
        assertThat(world.ask("c", "1.0.0")).isInstanceOf(Decision.Offer.class);
    }

    /** It waited for ever, and nobody was told. */
    @Test
    void aRingThatCannotComeToItsSuccessPausesAndGoesOnWithoutWhoFailed() {
        world.register("first", "a", "b");
        world.register("", "c");
        Plan all = plan(
                List.of(new Plan.Ring("first", 100, 100, Duration.ZERO), new Plan.Ring("", 100, 100, Duration.ZERO)),
                PLAN.stop());
        long id = start("2.0.0", new Audience.All(), all);
        update("a", "2.0.0");
        world.ask("b", "1.0.0");
        world.say("b", Stage.FAILED, 0);
        world.pass(MINUTE);

        assertThat(rollout(id).state()).isEqualTo(Rollout.State.PAUSED);
        assertThat(rollout(id).reason()).startsWith("ring 1 needs 100 % of its devices done, and 1 of 2 failed");

        world.rollouts().resume(id, ADMIN);
        world.pass(MINUTE);
        assertThat(rollout(id).state()).isEqualTo(Rollout.State.RUNNING);
        assertThat(rollout(id).ring()).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForADisabledDevice() {
        world.register("", "a", "b");
        world.disable("b");
        long id = start("2.0.0", new Audience.All(), PLAN);
        assertThat(rollout(id).reason())
                .isEqualTo("waits for a (it is offered 2.0.0 when it asks), b (it is disabled; it waits until it is"
                        + " enabled again)");

        update("a", "2.0.0");

        assertThat(rollout(id).state()).isEqualTo(Rollout.State.COMPLETED);
        assertThat(rollout(id).reason()).isEqualTo("1 of 2 devices are done, 1 is disabled");
        assertThatThrownBy(() -> world.rollouts().resume(id, ADMIN))
                .hasMessageContaining("nothing is left to resume")
                .hasMessageContaining("caravan rollout start");
    }

    @Test
    void soManyAtATime() {
        world.register("", "a", "b", "c");
        Plan two = new Plan(
                PLAN.rings(),
                OptionalInt.of(2),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                PLAN.healthyFor(),
                PLAN.patience(),
                PLAN.stop(),
                false,
                false);
        long id = start("2.0.0", new Audience.All(), two);
        assertThat(world.ask("a", "1.0.0")).isInstanceOf(Decision.Offer.class);
        assertThat(world.ask("b", "1.0.0")).isInstanceOf(Decision.Offer.class);
        assertThat(world.ask("c", "1.0.0")).isInstanceOfSatisfying(Decision.Nothing.class, no -> assertThat(no.reason())
                .isEqualTo("it waits for its turn: 2 devices update at a time"));
        assertThat(world.rollouts().update(id, "c").orElseThrow().reason()).contains("its turn");
        world.say("a", Stage.FAILED, 0);
        assertThat(world.ask("c", "1.0.0")).isInstanceOf(Decision.Offer.class);
    }

    @Test
    void aDeviceThatDoesNotAskIsToldWhenItIsAwake() {
        world.register("", "a", "b", "c");
        world.reachable.addAll(Set.of("a", "b"));
        world.presences.put("b", Presence.OFFLINE);
        long id = start("2.0.0", new Audience.All(), PLAN);
        assertThat(world.offered).containsExactly("a 2.0.0");
        world.pass(MINUTE.multipliedBy(4));
        assertThat(world.offered).as("not again so soon").hasSize(1);
        world.pass(MINUTE.multipliedBy(2));
        assertThat(world.offered).as("until it says something").containsExactly("a 2.0.0", "a 2.0.0");
        world.say("a", Stage.DOWNLOADING, 3);
        world.presences.put("b", Presence.ONLINE);
        world.pass(MINUTE.multipliedBy(2));
        assertThat(world.offered).containsExactly("a 2.0.0", "a 2.0.0", "b 2.0.0");
        assertThat(world.state(id, "c")).isEqualTo(State.WAITING);
        world.rollouts().pause(id, "", ADMIN);
        world.pass(MINUTE.multipliedBy(20));
        assertThat(world.offered).as("not while it is paused").hasSize(3);
        assertThat(world.state(id, "b")).isEqualTo(State.WAITING);
    }

    @Test
    void aHubThatWasKilledGoesOnWhereItWas() throws Exception {
        world.register("", "a", "b");
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.ask("a", "1.0.0");
        world.say("a", Stage.DOWNLOADING, 40);
        world.ask("b", "1.0.0");
        world.tell("b", "2.0.0", 5);
        world.pass(
                MINUTE.multipliedBy(6),
                () -> world.tell(
                        "b", "2.0.0", Duration.between(NOON, world.now()).toSeconds()));
        assertThat(world.state(id, "b")).isEqualTo(State.VERIFYING);
        world.close();

        // A day later: nobody is blamed for that.
        world = new RolloutWorld(folder, NOON.plus(Duration.ofDays(1)));
        world.publish("1.0.0", "2.0.0");
        world.presences.put("a", Presence.OFFLINE);
        world.presences.put("b", Presence.ONLINE);
        assertThat(world.engine.look()).isTrue();
        assertThat(world.state(id, "a")).isEqualTo(State.DOWNLOADING);
        assertThat(world.state(id, "b")).isEqualTo(State.VERIFYING);
        world.pass(
                MINUTE.multipliedBy(8),
                () -> world.tell(
                        "b", "2.0.0", Duration.between(NOON, world.now()).toSeconds()));
        assertThat(world.state(id, "b")).as("five minutes counted before").isEqualTo(State.DONE);
        world.presences.put("a", Presence.ONLINE);
        assertThat(world.ask("a", "1.0.0")).isInstanceOf(Decision.Offer.class);
    }

    @Test
    void aHubThatIsDeafBlamesNobody() {
        world.register("", "a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.ask("a", "1.0.0");
        world.isDeaf = true;
        world.pass(MINUTE.multipliedBy(70));
        assertThat(world.state(id, "a")).as("though it had an hour").isEqualTo(State.OFFERED);
        world.isDeaf = false;
        world.pass(Duration.ofHours(1));
        assertThat(world.state(id, "a")).isEqualTo(State.WAITING);
    }

    @Test
    void disabledDevicesWaitAndThoseThatAreGoneLeave() {
        world.register("", "a", "b", "c");
        world.disable("a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        assertThat(world.ask("a", "1.0.0")).isInstanceOfSatisfying(Decision.Nothing.class, no -> assertThat(no.reason())
                .contains("disabled"));
        world.ask("b", "1.0.0");
        world.engine.registryListener().removed("b");
        world.engine.registryListener().removed("c");
        assertThat(world.rollouts().update(id, "b").orElseThrow().reason()).isEqualTo("the device was removed");
        assertThat(world.rollouts().update(id, "c")).isEmpty();
    }

    @Test
    void aDeviceThatStartsAgainEveryFourMinutesIsNotWellForTen() {
        world.register("", "a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.ask("a", "1.0.0");
        world.say("a", Stage.DOWNLOADING, 50);
        long[] uptime = {0};
        world.pass(MINUTE.multipliedBy(20), () -> {
            uptime[0] = uptime[0] >= 240 ? 15 : uptime[0] + 15;
            world.tell("a", "2.0.0", uptime[0]);
        });
        assertThat(world.state(id, "a")).isEqualTo(State.FAILED);
        assertThat(world.rollouts().update(id, "a").orElseThrow().reason()).contains("started again");
    }

    @Test
    void whoSleepsBetweenItsStatusesIsInNoBootLoop() {
        world.register("", "a");
        long[] looks = {0};
        Duration wake = MINUTE.multipliedBy(5);
        world.pass(MINUTE.multipliedBy(40), () -> wakes("1.0.0", looks[0]++, wake));
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.ask("a", "1.0.0");
        world.pass(MINUTE.multipliedBy(40), () -> wakes("2.0.0", looks[0]++, wake));
        assertThat(world.state(id, "a")).isEqualTo(State.DONE);
    }

    /** Every so often it tells that it has been up for five seconds. */
    private void wakes(String version, long look, Duration every) {
        if (look % every.dividedBy(RolloutRounds.EVERY) == 0) {
            world.tell("a", version, 5);
        }
    }

    @Test
    void nothingIsOfferedByARolloutThatWasPausedMeanwhile() {
        world.register("", "a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        world.rollouts().pause(id, "", ADMIN);
        // As a round or a question that began before the pause has it.
        assertThat(world.book.change(
                        id, "a", OptionalInt.empty(), was -> UpdateCourse.offered(was, "1.0.0", world.now())))
                .isEmpty();
        assertThat(world.state(id, "a")).isEqualTo(State.WAITING);
    }

    @Test
    void aDeviceThatFallsSilentKeepsNobodyFromItsTurn() {
        world.register("", "a", "b");
        Plan one = new Plan(
                PLAN.rings(),
                OptionalInt.of(1),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                PLAN.healthyFor(),
                PLAN.patience(),
                PLAN.stop(),
                false,
                false);
        long id = start("2.0.0", new Audience.All(), one);
        world.ask("a", "1.0.0");
        world.say("a", Stage.DOWNLOADING, 20);
        // It only ever asked over HTTP, and does not any more.
        world.presences.put("a", Presence.NEW);
        assertThat(world.ask("b", "1.0.0")).isInstanceOf(Decision.Nothing.class);
        world.pass(PLAN.patience().plus(MINUTE.multipliedBy(20)));
        assertThat(world.state(id, "a")).as("it has not failed").isEqualTo(State.WAITING);
        assertThat(world.ask("b", "1.0.0")).isInstanceOf(Decision.Offer.class);
    }

    @Test
    void whoIsTakenDownNowhereIsInNoRollout() {
        world.register("", "a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        Inquiry invented = new Inquiry("nobody", Samples.MODEL, "1.0.0", "", Set.of(), world.now());
        assertThat(world.engine.offers().decide(invented)).isInstanceOf(Decision.Nothing.class);
        assertThat(world.rollouts().update(id, "nobody")).isEmpty();
    }

    @Test
    void anOfferThatIsNotTakenIsMadeAgain() {
        world.register("", "a");
        long id = start("2.0.0", new Audience.All(), PLAN);
        for (int i = 1; i < UpdateCourse.MOST_ATTEMPTS; i++) {
            world.ask("a", "1.0.0");
            world.pass(Duration.ofHours(6));
            assertThat(world.state(id, "a")).as("after offer " + i).isEqualTo(State.WAITING);
        }
        assertThat(world.ask("a", "1.0.0")).isInstanceOf(Decision.Offer.class);
        world.pass(Duration.ofHours(6));
        assertThat(world.state(id, "a")).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheReason() {
        world.register("", "a");
        assertThatThrownBy(() -> start("9.9.9", new Audience.All(), PLAN))
                .isInstanceOfSatisfying(
                        RolloutRefused.class, no -> assertThat(no.why()).isEqualTo(RolloutRefused.Why.NO_RELEASE));
        for (int percent : new int[] {-1, 101}) {
            assertThatThrownBy(() -> start("2.0.0", new Audience.All(), Plan.of(percent)))
                    .isInstanceOfSatisfying(
                            RolloutRefused.class, no -> assertThat(no.why()).isEqualTo(RolloutRefused.Why.INVALID));
        }
        long id = start("2.0.0", new Audience.Canary(), Plan.of(50));
        assertThatThrownBy(() -> start("2.0.0", new Audience.All(), PLAN))
                .isInstanceOfSatisfying(
                        RolloutRefused.class, no -> assertThat(no.why()).isEqualTo(RolloutRefused.Why.NAME_TAKEN));
        assertThatThrownBy(() -> world.rollouts().raise(id, 49, ADMIN)).isInstanceOf(RolloutRefused.class);
        assertThat(world.rollouts().raise(id, 100, ADMIN).percent()).isEqualTo(100);
        assertThatThrownBy(() -> world.rollouts().advance(id, ADMIN)).isInstanceOf(RolloutRefused.class);
        assertThatThrownBy(() -> world.rollouts().rollback(id, ADMIN))
                .as("nobody knows what they ran")
                .isInstanceOfSatisfying(RolloutRefused.class, no -> assertThat(no.why())
                        .isEqualTo(RolloutRefused.Why.NOTHING_TO_RETURN));
        world.rollouts().stop(id, ADMIN);
        assertThatThrownBy(() -> world.rollouts().resume(id, ADMIN)).isInstanceOf(RolloutRefused.class);
        assertThat(world.engine.look()).as("it is over").isFalse();
    }

    @Test
    void releasesAreHeldSideBySide() {
        world.register("", "a", "b");
        start("2.0.0", new Audience.Specific(Set.of("a", "b"), Set.of()), PLAN);
        update("a", "2.0.0");
        world.ask("b", "1.0.0");
        world.say("b", Stage.FAILED, 0);
        assertThat(world.rollouts().figures(Samples.MODEL)).singleElement().satisfies(two -> {
            assertThat(two.version()).isEqualTo("2.0.0");
            assertThat(two.failureRate()).hasValue(0.5);
            assertThat(two.running()).isEqualTo(1);
            assertThat(two.healthy()).hasValue(1);
            assertThat(two.rssiDbm()).hasValue(-60);
            assertThat(two.timeToDone().orElseThrow()).isBetween(MINUTE.multipliedBy(10), MINUTE.multipliedBy(11));
        });
    }
}
