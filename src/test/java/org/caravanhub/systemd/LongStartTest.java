package org.caravanhub.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service manager that writes down what it is told. */
class LongStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final long MEGABYTE = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void timeIsAskedForAsLongAsTheWorkGoesOnAndNoLonger() {
        AtomicLong done = new AtomicLong();
        AtomicLong each = new AtomicLong(MEGABYTE);
        try (LongStart start = new LongStart(systemd(), () -> done.addAndGet(each.get()), PACE)) {
            start.begin();
            Await.until("it asks twice", PATIENCE, () -> count("EXTEND_TIMEOUT_USEC=600000") >= 2);

            each.set(100); // it hangs
            Await.until("it says so", PATIENCE, () -> count("Nothing moves any more.") >= 2);
        }
        assertThat(told().substring(told().indexOf("Nothing moves"))).doesNotContain("EXTEND_TIMEOUT_USEC");
        assertThat(told())
                .startsWith("EXTEND_TIMEOUT_USEC=600000 STATUS=" + LongStart.STATUS)
                .endsWith("STATUS=Starts.\n");
    }

    @Test
    void anOrdinaryStartSaysNothing() {
        try (LongStart start = LongStart.begin(systemd(), true)) {
            assertThat(start).isNotNull();
        }
        assertThat(told()).isEmpty();
    }

    /** The script and the hub have to mean the same words. */
    @Test
    void theGateOfAnUpdateKnowsItsStatus() throws IOException {
        assertThat(Files.readString(Path.of("deploy/parts/gate.sh"))).contains("grep -q '^Moves tables'");
        assertThat(LongStart.STATUS).startsWith("Moves tables");
    }

    private Optional<Systemd> systemd() {
        return Systemd.of(
                Map.of("NOTIFY_SOCKET", "/run/none"),
                List.of("sh", "-c", "echo \"$*\" >> " + folder.resolve("told"), "systemd-notify"));
    }

    private String told() {
        try {
            return Files.exists(folder.resolve("told")) ? Files.readString(folder.resolve("told")) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long count(String words) {
        return told().lines().filter(line -> line.contains(words)).count();
    }
}
