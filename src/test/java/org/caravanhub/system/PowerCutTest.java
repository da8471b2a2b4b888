package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.Await;
import org.caravanhub.store.CountingWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug is pulled while readings are written, and while the log is folded into the database. Root, loop devices, python3. */
@Tag("endurance")
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("caravan.cuts", 200);
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    Path work;

    @Test
    void whatWasAcknowledgedIsThereAfterEveryCut() throws Exception {
        CompletableFuture<Long> one = CompletableFuture.supplyAsync(() -> cuts("one", CUTS / 2));
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> cuts("other", CUTS - CUTS / 2));
        long acknowledged = one.get(1, TimeUnit.HOURS) + other.get(1, TimeUnit.HOURS);
        System.out.println("power cuts " + CUTS + ", acknowledged " + acknowledged + ", lost 0");
    }

    /** Answers how many readings were acknowledged. */
    private long cuts(String name, int times) {
        Random random = new Random(name.hashCode());
        long acknowledged = -1;
        try (LoopMount disk = new LoopMount(work, name, 128)) {
            Path file = disk.folder().resolve("caravan.db");
            for (int cut = 0; cut < times; cut++) {
                acknowledged = writeAndCut(disk, file, acknowledged, cut % 2 == 1, random);
                disk.unmount();
                disk.mount();
                assertThat(ask(file, "pragma integrity_check"))
                        .as("after cut %d", cut)
                        .isEqualTo("ok");
                long last = CountingWriter.START.plusSeconds(acknowledged).toEpochMilli();
                assertThat(ask(file, "select count(*) from reading where measured_at <= " + last))
                        .as("kept of the acknowledged, after cut %d", cut)
                        .isEqualTo(Long.toString(acknowledged + 1));
            }
        }
        return acknowledged + 1;
    }

    private static long writeAndCut(LoopMount disk, Path file, long before, boolean fold, Random random) {
        AtomicLong last = new AtomicLong(before);
        NavigableMap<Long, Long> acknowledged = new ConcurrentSkipListMap<>(Map.of(0L, before));
        Process writer = start(file, before + 1, fold);
        try {
            Thread listener = new Thread(() -> listen(writer, last, acknowledged), "listener");
            listener.start();
            long enough = before + 1 + random.nextInt(3000);
            Await.until("reading " + enough + " is acknowledged", START, () -> last.get() >= enough);
            // The call takes a moment, in which the kernel may say yes to a write and not do it; a plug that is pulled
            // says nothing.
            long cutAtMicros = disk.cutPower();
            writer.destroyForcibly().waitFor();
            listener.join();
            return acknowledged.floorEntry(cutAtMicros).getValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            writer.destroyForcibly();
        }
    }

    private static Process start(Path file, long from, boolean fold) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CountingWriter.class.getName(),
                            file.toString(),
                            Long.toString(from),
                            Boolean.toString(fold))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void listen(Process writer, AtomicLong last, Map<Long, Long> acknowledged) {
        try (BufferedReader lines = writer.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ACK ")) {
                    String[] words = line.split(" ", -1);
                    long number = Long.parseLong(words[1]);
                    acknowledged.put(Long.valueOf(words[2]), number);
                    last.set(number);
                }
            }
        } catch (IOException e) {
            // It was killed; the last line that was whole counts.
            return;
        }
    }

    private static String ask(Path file, String question) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : "no answer";
        } catch (SQLException e) {
            throw new IllegalStateException(file + ": " + question, e);
        }
    }
}
