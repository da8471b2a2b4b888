package org.caravanhub.system;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** What goes wrong from outside. */
final class Fault {
    private Fault() {}

    /** Time passes while it is wrong; nothing is waited for. */
    static void lasts(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Cuts every TCP connection to a port of this machine, as a failing network would. */
    static void cutConnectionsTo(int port) throws IOException, InterruptedException {
        Process cut = new ProcessBuilder("ss", "-K", "dst", "127.0.0.1", "dport", "=", ":" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean done = cut.waitFor(10, TimeUnit.SECONDS) && cut.exitValue() == 0;
        Assumptions.assumeTrue(
                done && System.getProperty("user.name").equals("root"), "only root may cut connections (ss -K)");
    }
}
