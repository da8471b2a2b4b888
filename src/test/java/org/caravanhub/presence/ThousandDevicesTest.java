package org.caravanhub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravanhub.device.Presence;
import org.junit.jupiter.api.Test;

/** A thousand devices of which twenty flap every few seconds: all are shown as they are, and little is told and reckoned. */
final class ThousandDevicesTest {
    private static final int MINUTES = 10;

    @Test
    void aThousandDevicesOfWhichTwentyFlap() {
        Scene scene = new Scene();
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int second = 0; second < MINUTES * 60; second++) {
            for (int i = 0; i < 1000; i++) {
                boolean isDead = i >= 900 && second > 240;
                if (i < 20) {
                    flap(scene, i, second);
                } else if (!isDead && second % 30 == i % 30) {
                    scene.says(scene.reading("d" + i));
                }
            }
            scene.seconds(1);
            if (second % 60 == 59) {
                for (int i = 0; i < 20; i++) {
                    assertThat(scene.of("d" + i))
                            .as("d" + i + " at " + second)
                            .isEqualTo(isGone(i) ? Presence.OFFLINE : Presence.ONLINE);
                }
            }
        }
        long cpuMillis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1_000_000;

        assertThat(cpuMillis).as("ms of CPU; 60 to 250 were measured").isLessThan(5000);
        for (int i = 20; i < 1000; i++) {
            assertThat(scene.of("d" + i)).isEqualTo(i >= 900 ? Presence.OFFLINE : Presence.ONLINE);
        }
        Map<String, Long> told = scene.changes.stream()
                .collect(Collectors.groupingBy(change -> change.now().device(), Collectors.counting()));
        assertThat(told.values()).allMatch(times -> times < MINUTES);
        assertThat(scene.watch.counts().flapping()).isEqualTo(20);
    }

    /** Ten flap faster than anybody could be told; ten are gone for a while each time. */
    private static void flap(Scene scene, int i, int second) {
        int period = i < 10 ? 6 : 30;
        if (second % period == 0) {
            scene.says(scene.birth("d" + i));
        } else if (second % period == period / 2 - (i < 10 ? 0 : 5)) {
            scene.says(scene.will("d" + i));
        }
    }

    /** At the end of a minute: gone for 19 seconds, of which ten are held back. */
    private static boolean isGone(int i) {
        return i >= 10;
    }

    @Test
    void aDeviceTakesAFewHundredBytes() {
        Scene scene = new Scene();
        int devices = 20_000;
        String[] ids = new String[devices];
        for (int i = 0; i < devices; i++) {
            ids[i] = "device-" + i;
        }
        long before = used();
        for (int round = 0; round < 3; round++) {
            for (String id : ids) {
                scene.watch.heard(java.util.List.of(scene.reading(id)));
            }
            scene.later(Duration.ofSeconds(10));
            scene.changes.clear();
        }
        long each = (used() - before) / devices;

        assertThat(each).as("bytes without its id; 265 to 290 were measured").isLessThan(450);
        assertThat(scene.watch.counts().byState()).containsEntry(Presence.ONLINE, devices);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
