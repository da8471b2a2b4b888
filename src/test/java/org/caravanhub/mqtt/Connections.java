package org.caravanhub.mqtt;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Cuts TCP connections from outside, as a failing network does; needs the right to do so. */
final class Connections {
    private Connections() {}

    /** Cuts every connection to this port. Skips the test where that is not permitted. */
    static void cut(int port) {
        Assumptions.assumeTrue(run("dport = :" + port), "ss -K is not permitted here");
    }

    private static boolean run(String filter) {
        try {
            Process process = new ProcessBuilder("ss", "-K", "-t", "state", "established", filter)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes());
            return process.waitFor(5, TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && said.lines().count() > 1;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
