package org.caravanhub.flow.check;

import java.util.Map;
import java.util.Set;

/** Times the check, for docs/reference/performance.md: run it with -Xmx128m. */
final class Timing {
    private Timing() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, byte[]> shipped = TestFlows.shipped();
        Set<String> one = Set.of("upkeep/keep-budget.camel.yaml");
        long start = cpu();
        Checker checker = new Checker(TestFlows.known());
        checker.check(shipped, one);
        System.out.println("cold_ms=" + (cpu() - start) / 1_000_000);
        for (int round = 0; round < 5; round++) {
            start = cpu();
            for (int i = 0; i < 20; i++) {
                checker.check(shipped, one);
            }
            System.out.println("warm_ms=" + (cpu() - start) / 20_000_000.0 + " used_mb=" + used());
        }
        start = cpu();
        checker.check(shipped, shipped.keySet());
        System.out.println("all_ms=" + (cpu() - start) / 1_000_000);
        for (int i = 0; i < 1000; i++) {
            checker.check(shipped, one);
        }
        System.out.println("after_1000 used_mb=" + used() + " threads=" + Thread.activeCount());
    }

    /** Of this thread alone: what others do on the machine does not count. */
    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
