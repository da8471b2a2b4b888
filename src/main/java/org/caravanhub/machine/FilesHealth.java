package org.caravanhub.machine;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether the process may still open files and take connections. */
public final class FilesHealth implements HealthCheck {
    private static final int MANY = 80;
    private static final int ALL = 97;

    private final Supplier<Open> open;

    /**
     * File descriptors.
     *
     * @param now open ones
     * @param most how many there may be; 0 where it is not known
     */
    record Open(long now, long most) {
        static Open ofProcess() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? new Open(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount())
                    : new Open(0, 0);
        }
    }

    /** Of this process. */
    public FilesHealth() {
        this(Open::ofProcess);
    }

    FilesHealth(Supplier<Open> open) {
        this.open = open;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public Health check() {
        Open count = open.get();
        String what = count.now() + " of " + count.most() + " files and connections are open.";
        long percent = 100 * count.now() / Math.max(1, count.most());
        String why =
                "Each connection of a device or a page is one; beyond the limit nobody new is let in, and nothing is saved.";
        String fix =
                "See what they are: sudo ls -l /proc/$(systemctl show -p MainPID --value caravan)/fd. Allow more: systemctl edit"
                        + " caravan, [Service] LimitNOFILE=16384, then systemctl restart caravan.";
        if (percent >= ALL) {
            return Health.problem(what, why, fix);
        }
        return percent >= MANY ? Health.warning(what, why, fix) : Health.ok(what);
    }
}
