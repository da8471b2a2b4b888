package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.reading.Outcome;
import org.caravanhub.salvage.Damage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One byte or one page of the file is something else, anywhere: the writer goes on and nearly everything comes back. */
final class DamagedPlacesTest {
    private static final int READINGS = 20_000;
    private static final int DEVICES = 20;

    @TempDir
    Path folder;

    private long slowestMillis;
    private long mostLost;
    private int noticed;

    @Test
    void fiveDamagedPlaces() throws Exception {
        damage(5);
    }

    @Test
    @Tag("endurance")
    void aHundredDamagedPlaces() throws Exception {
        damage(100);
    }

    private void damage(int times) throws Exception {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] good = Files.readAllBytes(fill());
        for (int i = 0; i < times; i++) {
            Path place = Files.createDirectories(folder.resolve("damaged-" + i));
            Path file = Files.write(place.resolve("caravan.db"), good);
            goesOn(place, "seed " + seed + ", " + Damage.somewhere(file, i % 2 == 1, random));
        }
        System.out.printf(
                "%d places in process, seed %d: noticed %d; slowest %d ms until a new reading was stored; most lost %d of %d%n",
                times, seed, noticed, slowestMillis, mostLost, READINGS);
    }

    private void goesOn(Path place, String what) throws Exception {
        long start = System.nanoTime();
        try (TestStore store = new TestStore(place);
                Integrity integrity = new Integrity(
                        store.database,
                        store.writer,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        Clock.systemUTC())) {
            integrity.start();
            Outcome later = TestStore.reading("hut-1", TestStore.NOON.plusSeconds(READINGS), "{\"a\":1,\"b\":2}");
            Receipt receipt = store.give(0, later).get(60, TimeUnit.SECONDS);
            assertThat(receipt.received()).as(what).isEqualTo(1);
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
            Await.until("all is read after " + what, Duration.ofSeconds(60), () -> isSettled(integrity.state()));
            noticed += integrity.state().reports().size();
            long lost =
                    READINGS + 1 - store.number("select count(*) from reading join source on source.id = source_id");
            mostLost = Math.max(mostLost, lost);
            assertThat(lost).as("lost after " + what).isLessThanOrEqualTo(READINGS / 100);
            assertThat(store.text("pragma integrity_check")).as(what).isEqualTo("ok");
        }
    }

    private static boolean isSettled(IntegrityState state) {
        return state.checkedAt().isPresent() && state.reports().stream().allMatch(DamageReport::isFinished);
    }

    private Path fill() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < READINGS; i++) {
                String values = "{\"a\":" + i + ",\"b\":21.5}";
                outcomes.add(TestStore.reading("hut-" + i % DEVICES, TestStore.NOON.plusSeconds(i), values));
            }
            store.keep(outcomes.toArray(Outcome[]::new));
            return store.file;
        }
    }
}
