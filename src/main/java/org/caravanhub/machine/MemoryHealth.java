package org.caravanhub.machine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;

/**
 * Whether the memory lasts: Java's heap as the last clearing left it, what the service may use, and what the machine has left. What is used
 * between two clearings says nothing.
 */
public final class MemoryHealth implements HealthCheck, MetricSource {
    private static final int MUCH = 85;
    private static final int LITTLE_LEFT = 5;
    private static final long MB = 1024 * 1024;

    private final Linux linux;
    private final Supplier<Heap> heap;

    /**
     * What is in the heap and needed.
     *
     * @param usedBytes as the last clearing of all of it left it; 0 before the first
     * @param maxBytes the most that it may grow to
     */
    public record Heap(long usedBytes, long maxBytes) {
        /** Of this process. */
        public static Heap now() {
            long used = 0;
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                // Of the young one a clearing leaves next to nothing.
                MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
                used += left == null ? 0 : left.getUsed();
            }
            return new Heap(used, Runtime.getRuntime().maxMemory());
        }

        int percent() {
            return (int) (100 * usedBytes / Math.max(1, maxBytes));
        }
    }

    /** Of this process, on this machine. */
    public MemoryHealth(Linux linux) {
        this(linux, Heap::now);
    }

    MemoryHealth(Linux linux, Supplier<Heap> heap) {
        this.linux = linux;
        this.heap = heap;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Health check() {
        Heap now = heap.get();
        Optional<String> group = group();
        OptionalLong limit = limit(group, "memory.max");
        OptionalLong used =
                group.map(path -> linux.number(path + "/memory.stat", "anon")).orElse(OptionalLong.empty());
        OptionalLong left = linux.number("proc/meminfo", "MemAvailable");
        OptionalLong all = linux.number("proc/meminfo", "MemTotal");
        String what = what(now, limit, used, left, all);
        if (now.percent() >= MUCH) {
            return Health.warning(
                    what,
                    "When the heap is full the hub ends itself, and systemd starts it anew.",
                    "Give it more: CARAVAN_JAVA_OPTS=-Xmx256m in /etc/caravan/caravan.env, and MemoryMax above it (systemctl edit"
                            + " caravan). Tell what it does: caravan flow list.");
        }
        if (limit.isPresent() && percent(used.orElse(0), limit.getAsLong()) >= MUCH) {
            return Health.warning(
                    what,
                    "At its limit the kernel ends the service, and systemd starts it anew.",
                    "Give it more: systemctl edit caravan, [Service] MemoryMax=640M, then systemctl restart caravan.");
        }
        long killed = group.map(path ->
                        linux.number(path + "/memory.events", "oom_kill").orElse(0))
                .orElse(0L);
        if (killed > 0) {
            return Health.warning(
                    what + " The kernel has ended " + killed + " processes of the service for want of memory.",
                    "What they did was not done.",
                    "See which: journalctl -k -b | grep -i 'killed process'. Then as above: systemctl edit caravan, MemoryMax=640M.");
        }
        if (left.isPresent() && all.isPresent() && percent(left.getAsLong(), all.getAsLong()) < LITTLE_LEFT) {
            return Health.warning(
                    what,
                    "When the machine has none left it stands still, or the kernel ends a process.",
                    "See what uses it: ps -eo rss,comm --sort=-rss | head");
        }
        return Health.ok(what);
    }

    private static String what(Heap heap, OptionalLong limit, OptionalLong used, OptionalLong left, OptionalLong all) {
        StringBuilder text = new StringBuilder(
                heap.usedBytes() == 0
                        ? "The heap was not cleared yet; it may grow to " + heap.maxBytes() / MB + " MB"
                        : heap.usedBytes() / MB + " of " + heap.maxBytes() / MB + " MB of heap are needed");
        if (limit.isPresent() && used.isPresent()) {
            text.append("; the service has ")
                    .append(used.getAsLong() / MB)
                    .append(" of the ")
                    .append(limit.getAsLong() / MB)
                    .append(" MB that it may have");
        }
        if (left.isPresent() && all.isPresent()) {
            text.append("; the machine has ")
                    .append(left.getAsLong() / 1024)
                    .append(" of ")
                    .append(all.getAsLong() / 1024)
                    .append(" MB left");
        }
        return text.append('.').toString();
    }

    @Override
    public void expose(Exposition exposition) {
        exposition.gauge(
                "caravan_jvm_heap_needed_bytes",
                "Heap as the last clearing of all of it left it; 0 before the first.",
                heap.get().usedBytes());
        Optional<String> group = group();
        limit(group, "memory.max")
                .ifPresent(limit -> exposition.gauge(
                        "caravan_memory_limit_bytes", "What the service or container may use.", limit));
        limit(group, "memory.current")
                .ifPresent(used -> exposition.gauge(
                        "caravan_memory_used_bytes", "What it uses, with cached files, which go when needed.", used));
    }

    /** Where the limits of this process are; only version 2 of cgroups is read. */
    private Optional<String> group() {
        return linux.lines("proc/self/cgroup").stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> "sys/fs/cgroup" + line.substring("0::".length()).replaceFirst("/$", ""))
                .findFirst();
    }

    /** Nothing where it says {@code max}. */
    private OptionalLong limit(Optional<String> group, String file) {
        return group.map(path -> linux.number(path + "/" + file)).orElse(OptionalLong.empty());
    }

    private static long percent(long part, long whole) {
        return 100 * part / Math.max(1, whole);
    }
}
