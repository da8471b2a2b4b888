package org.caravanhub.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** Measurements of the process: memory, threads, files, time. */
public final class ProcessMetrics implements MetricSource {
    private final String version;

    /** Measurements of this process, which runs this version of Caravan. */
    public ProcessMetrics(String version) {
        this.version = version;
    }

    @Override
    public void expose(Exposition exposition) {
        exposition.gauge(
                "caravan_build_info",
                "Always 1; the labels say what runs.",
                1,
                "version",
                version,
                "java",
                String.valueOf(Runtime.version().feature()));
        exposition.gauge(
                "caravan_uptime_seconds",
                "Time since the process started.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        exposition.gauge("caravan_jvm_heap_used_bytes", "Heap in use, garbage included.", heap.getUsed());
        exposition.gauge("caravan_jvm_heap_max_bytes", "The most that the heap may grow to.", heap.getMax());
        exposition.gauge(
                "caravan_jvm_nonheap_used_bytes",
                "Memory of classes and compiled code.",
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
        exposition.gauge(
                "caravan_jvm_threads",
                "Threads that live.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            exposition.gauge("caravan_open_files", "Open file descriptors.", unix.getOpenFileDescriptorCount());
            exposition.counter(
                    "caravan_cpu_seconds_total", "Processor time used.", unix.getProcessCpuTime() / 1_000_000_000.0);
        }
    }
}
