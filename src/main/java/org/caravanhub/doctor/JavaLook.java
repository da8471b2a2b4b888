package org.caravanhub.doctor;

import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.machine.Linux;

/** Whether the Java here, and the memory, are enough for a hub. */
public final class JavaLook {
    private static final int OLDEST = 17;
    private static final long ENOUGH_MB = 250;

    private JavaLook() {}

    /** @param isUp whether a hub runs already, and has its memory */
    public static Health look(Linux linux, boolean isUp) {
        String java = "Java " + System.getProperty("java.runtime.version");
        if (Runtime.version().feature() < OLDEST) {
            return Health.problem(
                    java + " is too old.",
                    "The hub needs " + OLDEST + ".",
                    "sudo apt-get install default-jre-headless");
        }
        Optional<Long> left = available(linux);
        return !isUp && left.isPresent() && left.get() < ENOUGH_MB
                ? Health.warning(
                        java + "; the machine has " + left.get() + " MB left.",
                        "A hub needs 160 to 300 MB.",
                        "See what uses it: ps -eo rss,comm --sort=-rss | head")
                : Health.ok(java
                        + left.map(mb -> "; the machine has " + mb + " MB left.")
                                .orElse("."));
    }

    private static Optional<Long> available(Linux linux) {
        return linux.lines("proc/meminfo").stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }
}
