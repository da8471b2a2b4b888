package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.ota.Samples.NOON;
import static org.caravanhub.ota.Samples.plan;
import static org.caravanhub.ota.Samples.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.UpdateReport.Stage;
import org.caravanhub.ota.UpdateWatch.Watched;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, and in whatever order: what is always true of a rollout. */
final class RolloutOrderTest {
    private static final int DEVICES = 12;
    private static final int EVENTS = 4000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noEndIsLeftNobodyIsLostAndTooManyFailuresPauseIt(long seed) {
        Random random = new Random(seed);
        Plan plan = plan(new Plan.Stop(1 + random.nextInt(4), random.nextInt(2) * 30));
        Rollout rollout = rollout(1, "2.0.0", new Audience.All(), plan);
        DeviceUpdate[] updates = new DeviceUpdate[DEVICES];
        Watched[] watched = new Watched[DEVICES];
        for (int i = 0; i < DEVICES; i++) {
            updates[i] = DeviceUpdate.waiting(1, "d" + i, "2.0.0", "", NOON);
            watched[i] = Watched.BEGUN;
        }
        Instant now = NOON;
        for (int event = 0; event < EVENTS; event++) {
            int i = random.nextInt(DEVICES);
            now = now.plusSeconds(random.nextInt(60));
            DeviceUpdate was = updates[i];
            Duration passed = Duration.ofSeconds(random.nextInt(120));
            Evidence evidence = evidence(random, now);
            watched[i] = UpdateWatch.watched(was, evidence, watched[i], passed);
            Optional<DeviceUpdate> next = happens(random, was, rollout, evidence, watched[i], now);
            if (next.isPresent()) {
                assertThat(was.isOpen()).as("an end is left").isTrue();
                assertThat(next.get().state().isEnd()).isEqualTo(!next.get().isOpen());
                assertThat(next.get().percent()).isBetween(0, 100);
                assertThat(next.get().reason()).isNotEmpty();
                updates[i] = next.get();
                if (next.get().state() != was.state()) {
                    watched[i] = Watched.BEGUN;
                }
            }
            Counts counts = Counts.NONE;
            for (DeviceUpdate update : updates) {
                counts = counts.plus(update.state());
            }
            assertThat(counts.total()).isEqualTo(DEVICES);
            assertThat(counts.ended() + counts.updating() + counts.of(State.WAITING))
                    .isEqualTo(DEVICES);
            rollout = goesOn(random, rollout, counts, now);
        }
    }

    private static Optional<DeviceUpdate> happens(
            Random random, DeviceUpdate was, Rollout rollout, Evidence evidence, Watched watched, Instant now) {
        return switch (random.nextInt(6)) {
            case 0 ->
                rollout.state() == Rollout.State.RUNNING
                        ? UpdateCourse.offered(was, "1.0.0", now)
                        : UpdateCourse.held(was, now);
            case 1, 2 -> {
                Stage[] stages = Stage.values();
                Stage stage = stages[random.nextInt(stages.length)];
                // Most go well.
                boolean isRare = stage == Stage.FAILED || stage == Stage.ROLLED_BACK;
                yield isRare && random.nextInt(4) > 0
                        ? Optional.empty()
                        : UpdateCourse.reported(
                                was,
                                new UpdateReport(
                                        was.device(), "", stage, OptionalInt.of(random.nextInt(300) - 100), "", now));
            }
            case 3 ->
                UpdateCourse.seen(
                        was,
                        random.nextInt(5) == 0 ? "1.0.0" : "2.0.0",
                        rollout.plan().healthyFor(),
                        now);
            default -> UpdateWatch.judged(was, rollout.plan(), false, evidence, watched, now);
        };
    }

    private static Evidence evidence(Random random, Instant now) {
        Presence[] presences = {Presence.ONLINE, Presence.ONLINE, Presence.ONLINE, Presence.STALE, Presence.OFFLINE};
        return new Evidence(
                presences[random.nextInt(presences.length)],
                random.nextBoolean() ? "2.0.0" : "",
                Optional.of(now),
                Optional.of(now),
                random.nextInt(20) == 0 ? 3 : 0);
    }

    private static Rollout goesOn(Random random, Rollout was, Counts counts, Instant now) {
        boolean isTooMuch = was.state() == Rollout.State.RUNNING
                && counts.failed() - was.forgiven().failed()
                        >= was.plan().stop().failures();
        Rollout next = Advance.by(was, counts, 0, now).orElse(was);
        if (isTooMuch) {
            assertThat(next.state()).isEqualTo(Rollout.State.PAUSED);
        }
        if (next.state() == Rollout.State.COMPLETED) {
            assertThat(counts.ended()).isEqualTo(DEVICES);
        }
        return random.nextInt(3) == 0 ? Advance.resumed(next, counts, now).orElse(next) : next;
    }
}
