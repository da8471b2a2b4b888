package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand devices at a real broker, of which twenty lose their connection every few seconds. */
class FlappingDevicesTest {
    private static final int DEVICES = 1000;
    private static final int FLAPPING = 20;
    private static final int SECONDS = Integer.getInteger("caravan.flapping.seconds", 300);

    @TempDir
    Path data;

    @Test
    @Tag("endurance")
    void aThousandDevicesOfWhichTwentyFlapAreShownAsTheyAreAndCostLittle() throws Exception {
        Random random = new Random(7);
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = HubProcess.start(data, broker);
                WilledDevice gateway = new WilledDevice(broker.port(), "speaker")) {
            List<WilledDevice> flapping = new ArrayList<>();
            for (int i = 0; i < FLAPPING; i++) {
                flapping.add(new WilledDevice(broker.port(), "flapping-" + i));
            }
            long begun = System.nanoTime();
            double hubCpu = cpuSeconds(Path.of("/proc/" + hub.pid()));
            for (int second = 0; second < SECONDS; second++) {
                for (int i = second % 30; i < DEVICES - FLAPPING; i += 30) {
                    gateway.publishAs("device-" + i, "telemetry", "{\"temperature_c\":" + second % 40 + "}");
                }
                int lost = random.nextInt(FLAPPING);
                flapping.get(lost).close();
                int back = random.nextInt(FLAPPING);
                flapping.get(back).close();
                flapping.set(back, new WilledDevice(broker.port(), "flapping-" + back));
                LockSupport.parkNanos(begun + (second + 1) * 1_000_000_000L - System.nanoTime());
            }
            double took = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%n%d devices, %d flapping, %.0f s: CPU of the hub %.1f s, of its presence thread %.2f s, RSS %d MB%n",
                    DEVICES,
                    FLAPPING,
                    took,
                    cpuSeconds(Path.of("/proc/" + hub.pid())) - hubCpu,
                    presenceSeconds(hub),
                    hub.residentBytes() >> 20);

            for (int i = 0; i < FLAPPING; i++) {
                boolean isThere = !flapping.get(i).isDead();
                String device = "flapping-" + i;
                String state = "\"state\":\"" + (isThere ? "online" : "offline") + "\"";
                Await.until(device + " has " + state, Duration.ofSeconds(30), () -> {
                    LockSupport.parkNanos(100_000_000);
                    return presence(hub, device).startsWith("{\"device\":\"" + device + "\"," + state);
                });
                assertThat(presence(hub, device).split("\"at\":", -1).length - 1)
                        .as("changes of " + device)
                        .isLessThanOrEqualTo(2 + (int) (took / 120));
                flapping.get(i).close();
            }
            for (int i = 0; i < DEVICES - FLAPPING; i += 49) {
                assertThat(presence(hub, "device-" + i)).contains("\"state\":\"online\"");
            }
            assertThat(hub.get(data, "/metrics"))
                    .contains("caravan_device_presence{state=\"stale\"} 0")
                    .contains("caravan_device_presence{state=\"new\"} 0");
        }
    }

    private String presence(HubProcess hub, String device) {
        return hub.get(data, "/api/v1/devices/" + device + "/presence");
    }

    /** User and system time of a process or a thread. */
    private static double cpuSeconds(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static double presenceSeconds(HubProcess hub) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + hub.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals("presence")) {
                    return cpuSeconds(thread);
                }
            }
        }
        return Double.NaN;
    }
}
