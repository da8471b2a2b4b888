package org.caravanhub.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskWatchTest {
    private static final long TOTAL = 1000L * 1024 * 1024;

    @TempDir
    Path folder;

    private final List<String> given = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getLogger(DiskWatch.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private long freeBytes = TOTAL;
    private DiskWatch watch;

    @BeforeEach
    void open() {
        log.addHandler(listener);
        watch = new DiskWatch(
                folder,
                List.of(giving(85, "files"), giving(92, "unknown topics"), giving(97, "readings")),
                () -> new DiskWatch.Room(TOTAL, freeBytes));
    }

    @AfterEach
    void close() {
        log.removeHandler(listener);
        watch.close();
    }

    @Test
    void whatIsLeastMissedGoesFirst() {
        lookAt(84.9);
        assertThat(given).isEmpty();
        lookAt(85);
        assertThat(given).containsExactly("files");
        lookAt(92);
        assertThat(given).containsExactly("files", "files", "unknown topics");
        lookAt(97);
        assertThat(given).endsWith("files", "unknown topics", "readings");
        assertThat(watch.state().shed()).containsEntry("files", 3L).containsEntry("readings", 1L);
    }

    @Test
    void aBorderIsOneLineHoweverOftenItIsCrossed() {
        for (int look = 0; look < 10; look++) {
            lookAt(84.5);
            lookAt(85.5);
            lookAt(91.5);
            lookAt(92.5);
        }
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("disk=nearly-full"));
        lookAt(60);
        lookAt(61);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).startsWith("disk=roomy");
        assertThat(watch.state().shed()).isEmpty();
    }

    @Test
    void theReserveIsGivenUpWhenNothingIsLeftAndMadeAgainWhenThereIsRoom() throws IOException {
        Path reserve = folder.resolve("reserve");
        lookAt(50);
        assertThat(reserve).hasSize(Reserve.BYTES);
        lookAt(99);
        assertThat(reserve).exists();
        lookAt(99.9);
        lookAt(99.9);
        assertThat(reserve).doesNotExist();
        assertThat(watch.state().hasReserve()).isFalse();
        assertThat(lines.stream().filter(line -> line.contains("reserve=given-up")))
                .hasSize(1);
        // Room, but not yet clearly: it would be given up again.
        lookAt(90);
        assertThat(reserve).doesNotExist();
        lookAt(50);
        assertThat(reserve).hasSize(Reserve.BYTES);
        assertThat(Files.exists(folder.resolve("reserve.part"))).isFalse();
    }

    private void lookAt(double percent) {
        freeBytes = TOTAL - (long) (TOTAL * percent / 100);
        watch.look();
    }

    private Shedding giving(int percent, String what) {
        return new Shedding(percent, what, () -> {
            given.add(what);
            return 1;
        });
    }
}
