package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set while the hub runs: a real process whose wall clock libfaketime moves, and whose time since the start it leaves. */
@Tag("endurance")
class ClockJumpTest {
    private static final Duration A_MINUTE_AND_MORE = Duration.ofSeconds(90);
    private static final long MINUTES_SINCE_1970 = Instant.now().getEpochSecond() / 60;

    private static final String EACH_MINUTE = """
            - route:
                id: tick
                from:
                  uri: quartz:test/tick
                  parameters:
                    cron: "0 * * ? * *"
                  steps:
                    - log:
                        message: tick of the test
                        logName: org.caravanhub.tick
            """;

    @TempDir
    Path folder;

    @Test
    void aJumpDeletesNothingAndEachScheduleRunsOnce() throws Exception {
        Path offset = folder.resolve("offset");
        set(offset, 0);
        HubDatabase database = new HubDatabase(folder.resolve("data"));
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = hub(offset, broker)) {
            hub.awaitReady();
            PublisherLog published = new PublisherLog();
            Load load = Load.start(Load.Plan.of(broker.port(), 1_000_000).perSecond(20), published);
            awaitTick(hub, 0);
            for (long minutes : new long[] {-1440, -MINUTES_SINCE_1970 + 60, 10 * 365 * 1440, 0}) {
                long before = database.readings();
                int ticks = ticks(hub);
                set(offset, minutes);
                awaitTick(hub, ticks);
                assertThat(ticks(hub)).as("minutes " + minutes).isEqualTo(ticks + 1);
                assertThat(database.readings()).as("minutes " + minutes).isGreaterThan(before);
            }
            load.stop();
            load.await();
            Conservation.awaitAll(published, database, A_MINUTE_AND_MORE);
        }
        assertThat(database.readings()).isEqualTo(database.stored());
    }

    @Test
    void whatWasReceivedIn1970SaysTheRightTimeAfterwards() throws Exception {
        Path offset = folder.resolve("offset");
        set(offset, -MINUTES_SINCE_1970 + 60);
        HubDatabase database = new HubDatabase(folder.resolve("data"));
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = hub(offset, broker)) {
            hub.awaitReady();
            Load load = Load.start(Load.Plan.of(broker.port(), 100).perSecond(50), new PublisherLog());
            load.await();
            Await.until("all is stored", A_MINUTE_AND_MORE, () -> database.stored() == 100);
            long year = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
            assertThat(database.number("select count(*) from reading where received_at < " + year))
                    .isEqualTo(100);

            set(offset, 0);
            Await.until(
                    "all is put right",
                    A_MINUTE_AND_MORE,
                    () -> database.number("select count(*) from reading where received_at < " + year) == 0);
            assertThat(database.readings()).isEqualTo(100);
            assertThat(database.number("select count(*) from reading where flags & 32 <> 0"))
                    .isZero();
        }
    }

    private HubProcess hub(Path offset, TestMosquitto broker) throws IOException {
        Path data = folder.resolve("data");
        return HubProcess.launch(
                data,
                broker,
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + offset,
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_NO_CACHE=1",
                // Otherwise its "fix" for waiting makes every timed wait of Java end at once or never (0.9.10).
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "CARAVAN_RAW_DAYS=1",
                "CARAVAN_ROUTES=" + routes());
    }

    /** The hub's own, with upkeep each minute, and one that tells when it runs. */
    private Path routes() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy, Files.readString(file).replaceAll("cron: \"0 (\\d+) [^\"]*\"", "cron: \"$1 * * ? * *\""));
            }
        }
        Files.writeString(routes.resolve("tick.camel.yaml"), EACH_MINUTE);
        return routes;
    }

    /** Replaces the file in one step: half an offset would be another one. */
    private static void set(Path offset, long minutes) {
        try {
            Path next = offset.resolveSibling("offset.next");
            Files.writeString(next, (minutes < 0 ? "" : "+") + minutes * 60);
            Files.move(next, offset, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitTick(HubProcess hub, int ticks) {
        Await.until("a tick after the " + ticks + " before", A_MINUTE_AND_MORE, () -> ticks(hub) > ticks);
    }

    private static int ticks(HubProcess hub) {
        try {
            return (int) Files.readAllLines(hub.output()).stream()
                    .filter(line -> line.contains("tick of the test"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path library() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .forEach(found::add);
        }
        assertThat(found).as("libfaketimeMT.so.1 of the package faketime").isNotEmpty();
        return found.get(0);
    }
}
