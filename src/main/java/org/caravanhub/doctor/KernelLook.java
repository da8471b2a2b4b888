package org.caravanhub.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.machine.KernelLog;
import org.caravanhub.machine.Program;

/** The kernel's log, if this user may read it. */
public final class KernelLook {
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private KernelLook() {}

    /** @param since as {@code journalctl --since} takes it; nothing means since the machine started */
    public static Health look(Optional<String> since) throws InterruptedException {
        List<String> journal =
                new ArrayList<>(List.of("journalctl", "-k", "-o", "cat", "-q", "--no-pager", "-n", "20000"));
        journal.add(since.map(from -> "--since=" + from).orElse("-b"));
        Optional<String> log = Program.output(LIMIT, journal).filter(text -> !text.isBlank());
        if (log.isEmpty() && since.isEmpty()) {
            log = Program.output(LIMIT, List.of("dmesg")).filter(text -> !text.isBlank());
        }
        return log.map(text -> KernelLog.judge(text.lines().toList()))
                .orElseGet(() -> since.isPresent() && isRoot()
                        ? Health.ok("The kernel has said nothing since " + since.get() + ".")
                        : Health.unknown(
                                "The kernel's log may not be read, or there is none.",
                                "Root may, on a machine with journalctl or dmesg: sudo caravan doctor"));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }
}
