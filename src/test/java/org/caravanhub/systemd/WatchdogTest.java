package org.caravanhub.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.Await;
import org.caravanhub.ping.Ping;
import org.caravanhub.ping.RoundTrip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service manager that writes down what it is told. */
class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    Path told;

    @BeforeEach
    void nothingWasTold() throws IOException {
        told = Files.createFile(folder.resolve("told"));
    }

    @Test
    void whomNoSystemdHasStartedTellsNobody() {
        assertThat(Systemd.of(Map.of("WATCHDOG_USEC", "60000000"))).isEmpty();
    }

    @Test
    void aHubThatHearsItselfNoLongerFallsSilentAndSaysSo() throws Exception {
        AtomicBoolean isLost = new AtomicBoolean();
        Systemd systemd = systemd("200000");
        try (Ping ping = new Ping(
                        limit -> isLost.get() ? RoundTrip.Result.LOST : RoundTrip.Result.BACK, Watchdog.pace(systemd));
                Watchdog watchdog = Watchdog.begin(systemd, ping, () -> false)) {
            ping.begin();
            Await.until("two signs of life", PATIENCE, () -> count("WATCHDOG=1") >= 2);

            isLost.set(true);

            Await.until("it says so", PATIENCE, () -> count("A message to itself does not come back.") >= 2);
            assertThat(told().substring(told().indexOf("does not come back"))).doesNotContain("WATCHDOG=1");
        }
        assertThat(told()).startsWith("READY=1 STATUS=Takes messages.\n").contains("STOPPING=1");
    }

    private Systemd systemd(String microseconds) {
        return Systemd.of(
                        Map.of("NOTIFY_SOCKET", "/run/none", "WATCHDOG_USEC", microseconds),
                        List.of("sh", "-c", "echo \"$*\" >> " + told, "systemd-notify"))
                .orElseThrow();
    }

    private String told() {
        try {
            return Files.readString(told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long count(String words) {
        return told().lines().filter(line -> line.contains(words)).count();
    }
}
