package org.caravanhub.clock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks Linux: the file that systemd-timesyncd touches whenever it has heard a better clock, and otherwise the kernel's own flag, which chrony
 * and ntpd set too, by {@code timedatectl}.
 */
public final class MachineSynchronisation implements Synchronisation {
    private static final Path TOUCHED = Path.of("/run/systemd/timesync/synchronized");
    /** It asks its server every 34 minutes at the least. */
    private static final Duration FRESH = Duration.ofHours(3);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public boolean isSynchronised() {
        return wasTouched() || kernelSaysSo();
    }

    private static boolean wasTouched() {
        try {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(TOUCHED).toMillis();
            return age > -60_000 && age < FRESH.toMillis();
        } catch (IOException e) {
            return false; // another program keeps the clock, or none
        }
    }

    private static boolean kernelSaysSo() {
        try {
            ProcessBuilder program = new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
                    .redirectErrorStream(true);
            // Settings may stand there, and secrets.
            program.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_"));
            Process process = program.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return false;
            }
            try (InputStream answer = process.getInputStream()) {
                return new String(answer.readNBytes(16), StandardCharsets.UTF_8)
                        .strip()
                        .equals("yes");
            }
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
