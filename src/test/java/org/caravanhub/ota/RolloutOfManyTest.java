package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.ota.RolloutWorld.ADMIN;
import static org.caravanhub.ota.Samples.NOON;
import static org.caravanhub.ota.Samples.draft;
import static org.caravanhub.ota.Samples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.RolloutWorld.Vital;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred devices of which every tenth fares badly, in minutes that do not pass. */
final class RolloutOfManyTest {
    private static final int DEVICES = 500;
    private static final Duration HEALTHY = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** What a device does once it has the file. */
    private enum Fate {
        WELL(State.DONE),
        SAYS_THAT_IT_FAILED(State.FAILED),
        LOOPS(State.FAILED),
        GOES_BACK(State.ROLLED_BACK),
        LIES(State.FAILED);

        final State end;

        Fate(State end) {
            this.end = end;
        }

        /** Four kinds of bad ones, one of each in forty. */
        static Fate of(int device) {
            return device % 10 == 0 ? values()[1 + device / 10 % 4] : WELL;
        }
    }

    private static final class Device {
        final String id;
        final Fate fate;
        String runs = "1.0.0";
        long uptime = 1000;
        int step;

        Device(int number) {
            id = String.format("device%03d", number);
            fate = Fate.of(number);
        }
    }

    @Test
    void itPausesAtTheThresholdGoesOnAndLeavesEveryDeviceInOneTrueState() throws Exception {
        Random random = new Random(20260601);
        List<Device> devices = IntStream.range(0, DEVICES).mapToObj(Device::new).toList();
        try (RolloutWorld world = new RolloutWorld(folder, NOON)) {
            world.publish("1.0.0", "2.0.0");
            world.register("", devices.stream().map(device -> device.id).toArray(String[]::new));
            Plan healthySoon = plan(new Plan.Stop(30, 0));
            Plan plan = new Plan(
                    healthySoon.rings(),
                    java.util.OptionalInt.of(250),
                    healthySoon.leastCharge(),
                    true,
                    Optional.empty(),
                    HEALTHY,
                    Duration.ofMinutes(30),
                    healthySoon.stop(),
                    false,
                    false);
            long id = world.rollouts()
                    .create(draft("all", "2.0.0", new Audience.All(), plan), ADMIN)
                    .id();

            int pauses = 0;
            int mostAtOnce = 0;
            for (int i = 0; i < 40 && state(world, id) != Rollout.State.COMPLETED; i++) {
                world.pass(Duration.ofMinutes(1), () -> live(world, devices, random));
                RolloutStatus now = world.rollouts().find(id).orElseThrow();
                mostAtOnce = Math.max(mostAtOnce, now.counts().updating());
                assertThat(now.counts().total()).isEqualTo(DEVICES);
                if (now.rollout().state() == Rollout.State.PAUSED) {
                    pauses++;
                    assertThat(now.counts().failed()).isGreaterThanOrEqualTo(30);
                    assertThat(now.failed()).isNotEmpty().allSatisfy(failed -> assertThat(
                                    Fate.of(Integer.parseInt(failed.substring(6))))
                            .isNotEqualTo(Fate.WELL));
                    assertThat(world.alert(id).text())
                            .contains(now.failed().get(now.failed().size() - 1));
                    world.rollouts().resume(id, ADMIN);
                }
            }

            assertThat(state(world, id))
                    .as("open: " + world.book.openUpdates(id))
                    .isEqualTo(Rollout.State.COMPLETED);
            assertThat(pauses).isEqualTo(1);
            assertThat(mostAtOnce).isBetween(200, 250);
            Map<String, DeviceUpdate> updates = new HashMap<>();
            world.book.updates(id).forEach(update -> updates.put(update.device(), update));
            for (Device device : devices) {
                DeviceUpdate update = Objects.requireNonNull(updates.get(device.id));
                assertThat(update.state())
                        .as(device.id + " " + device.fate + ": " + update.reason())
                        .isEqualTo(device.fate.end);
            }
            assertThat(world.alerts).isEmpty();
        }
    }

    private static Rollout.State state(RolloutWorld world, long id) {
        return world.rollouts().find(id).orElseThrow().rollout().state();
    }

    /** Fifteen seconds of their lives: a third of them asks, all of them tell how they are. */
    private static void live(RolloutWorld world, List<Device> devices, Random random) {
        Map<String, Vital> vitals = new HashMap<>();
        for (Device device : devices) {
            device.uptime += 15;
            if (device.step == 0 && random.nextInt(4) == 0) {
                device.step = world.ask(device.id, device.runs) instanceof Decision.Offer ? 1 : 0;
            } else if (device.step > 0) {
                step(world, device);
            }
            vitals.put(device.id, new Vital(device.runs, device.uptime));
        }
        world.tell(vitals);
    }

    private static void step(RolloutWorld world, Device device) {
        switch (device.step++) {
            case 1 -> world.say(device.id, Stage.DOWNLOADING, 60);
            case 2 -> world.say(device.id, device.fate == Fate.SAYS_THAT_IT_FAILED ? Stage.FAILED : Stage.SUCCESS, 100);
            case 3 -> {
                if (device.fate != Fate.SAYS_THAT_IT_FAILED && device.fate != Fate.LIES) {
                    device.runs = "2.0.0";
                    device.uptime = 3;
                }
            }
            case 5 -> {
                if (device.fate == Fate.GOES_BACK) {
                    device.runs = "1.0.0";
                    device.uptime = 4;
                }
            }
            default -> device.uptime = device.fate == Fate.LOOPS ? 9 - 3 * (device.step % 3) : device.uptime;
        }
    }
}
