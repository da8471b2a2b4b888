package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.salvage.Damage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card that gives back something else than was written: one byte, or a whole page, at random places of the database. */
class CorruptPageTest {
    private static final int READINGS = 20_000;
    private static final Duration AGAIN = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private long slowestMillis;
    private long mostLost;
    private int noticed;

    @Test
    void oneDamagedPageAndTheHubGoesOn() throws Exception {
        damage(2);
    }

    @Test
    @Tag("endurance")
    void aHundredDamagedPlacesAndTheHubGoesOnEachTime() throws Exception {
        damage(100);
    }

    private void damage(int times) throws Exception {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        Random random = new Random(seed);
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            Path good = Files.createDirectories(folder.resolve("good"));
            fill(good, broker);
            Set<PublisherLog.Entry> all = new HashSet<>(new HubDatabase(good).entries());
            for (int i = 0; i < times; i++) {
                Path data = Files.createDirectories(folder.resolve("damaged-" + i));
                Files.copy(good.resolve("caravan.db"), data.resolve("caravan.db"));
                String what = Damage.somewhere(data.resolve("caravan.db"), i % 2 == 1, random);
                goesOn(data, broker, all, "seed " + seed + ", " + what);
            }
        }
        System.out.printf(
                "%d damaged places, seed %d: noticed %d; slowest start to first stored %d ms; most readings lost %d of %d%n",
                times, seed, noticed, slowestMillis, mostLost, READINGS);
    }

    private void fill(Path data, TestMosquitto broker) throws Exception {
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (HubProcess hub = HubProcess.start(data, broker)) {
            Load.start(Load.Plan.of(broker.port(), READINGS), published).await();
            Conservation.awaitAll(published, database, AGAIN);
            hub.stop();
        }
    }

    private void goesOn(Path data, TestMosquitto broker, Set<PublisherLog.Entry> all, String what) throws Exception {
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        long start = System.nanoTime();
        try (HubProcess hub = HubProcess.launch(data, broker)) {
            Load.start(Load.Plan.of(broker.port(), 50).from(1_000_000), published)
                    .await();
            Await.until("new readings are stored after " + what, AGAIN, () -> holds(database, published.good()));
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
            Await.until("the database was read through after " + what, AGAIN, () -> isSettled(hub));
            Set<PublisherLog.Entry> kept = new HashSet<>(database.entries());
            kept.retainAll(all);
            mostLost = Math.max(mostLost, all.size() - kept.size());
            assertThat(kept).as(what).hasSizeGreaterThanOrEqualTo(all.size() * 99 / 100);
            assertThat(database.integrity()).as(what).isEqualTo("ok");
            hub.stop();
        }
        noticed += Files.isDirectory(data.resolve("damaged")) ? 1 : 0;
        System.out.printf("%s: noticed %d so far; most readings lost %d%n", what, noticed, mostLost);
        deleteAll(data);
    }

    private static boolean holds(HubDatabase database, Set<PublisherLog.Entry> wanted) {
        try {
            return new HashSet<>(database.entries()).containsAll(wanted);
        } catch (IllegalStateException e) {
            // Damaged, and not noticed yet; or just being replaced.
            return false;
        }
    }

    /** Either nothing was found, or what was found was brought back. */
    private static boolean isSettled(HubProcess hub) {
        try {
            String log = Files.readString(hub.output());
            return log.contains("salvage=finished")
                    || log.contains("integrity=\"ok\"") && !log.contains("salvage=begun");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void deleteAll(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
