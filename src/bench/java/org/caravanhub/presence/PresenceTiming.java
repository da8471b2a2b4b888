package org.caravanhub.presence;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.store.Receipt;

/**
 * What presence costs the writer for each reading that it commits, in CPU time and in bytes allocated: of 1,000 devices, in deliveries of
 * 500, told to it as after a commit; and what a look at all of them and the memory for one cost. Some seconds.
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.caravanhub.presence.PresenceTiming
 * }</pre>
 */
public final class PresenceTiming {
    private static final int DEVICES = 1000;
    private static final int DELIVERY = 500;
    private static final int READINGS = 200_000;

    private PresenceTiming() {}

    public static void main(String[] args) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PresenceWatch watch = new PresenceWatch(Hearing.ALWAYS, Clock.systemUTC(), System::nanoTime);
        watch.recall(List.of(), List.of());
        long id = Thread.currentThread().getId();
        for (int round = 0; round < 20; round++) {
            List<List<Reading>> deliveries = deliveries(round);
            long cpu = thread.getCurrentThreadCpuTime();
            long bytes = thread.getThreadAllocatedBytes(id);
            for (List<Reading> delivery : deliveries) {
                watch.heard(delivery);
                watch.committed(List.of(), Receipt.EMPTY);
            }
            long allocated = thread.getThreadAllocatedBytes(id) - bytes;
            long took = thread.getCurrentThreadCpuTime() - cpu;
            if (round == 0 || round % 5 == 4) {
                System.out.printf(
                        Locale.ROOT,
                        "round=%d nanoseconds_a_reading=%.1f bytes_a_reading=%.2f%n",
                        round,
                        (double) took / READINGS,
                        (double) allocated / READINGS);
            }
        }
        long cpu = thread.getCurrentThreadCpuTime();
        for (int look = 0; look < 1000; look++) {
            watch.look(new ArrayList<>(), new ArrayList<>());
        }
        System.out.printf(
                Locale.ROOT,
                "look_at_%d_devices_microseconds=%.1f%n",
                DEVICES,
                (thread.getCurrentThreadCpuTime() - cpu) / 1e6);
        tellMemory();
    }

    private static void tellMemory() {
        int devices = 50_000;
        List<Reading> first = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            Instant now = Instant.now();
            first.add(new Reading(Source.of("d" + i, "caravan"), now, now, Metrics.of("t", 1), 0));
        }
        PresenceWatch watch = new PresenceWatch(Hearing.ALWAYS, Clock.systemUTC(), System::nanoTime);
        long before = used();
        watch.heard(first);
        System.out.printf(Locale.ROOT, "bytes_a_device=%d \"without its id\"%n", (used() - before) / devices);
        watch.heard(first);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<List<Reading>> deliveries(int round) {
        Source[] sources = new Source[DEVICES];
        for (int i = 0; i < DEVICES; i++) {
            sources[i] = Source.of("device-" + i, "caravan");
        }
        Metrics metrics = Metrics.of("temperature_c", 21.5);
        Instant received = Instant.now();
        List<List<Reading>> deliveries = new ArrayList<>();
        for (int i = 0; i < READINGS; i += DELIVERY) {
            List<Reading> delivery = new ArrayList<>();
            for (int j = 0; j < DELIVERY; j++) {
                Instant measured = received.minusMillis(20_000_000L - round * 1_000_000L - i - j);
                delivery.add(new Reading(sources[(i + j) * 7 % DEVICES], measured, received, metrics, 0));
            }
            deliveries.add(delivery);
        }
        return deliveries;
    }
}
