package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes the place of a message in quarantine, and what is counted then. */
class ReplacementsTest {
    private static final String LEDGER =
            "select received * 1000000 + stored * 10000 + duplicate * 100 + quarantined from ";

    @TempDir
    Path folder;

    private TestDatabase store;

    @BeforeEach
    void begin() {
        store = open(folder);
    }

    @AfterEach
    void end() throws Exception {
        store.close();
    }

    TestDatabase open(Path data) {
        return new TestStore(data);
    }

    Intake intake() {
        return store.writer();
    }

    @Test
    void threeReadingsTakeThePlaceOfOneMessageAndAreCountedAsThree() throws Exception {
        store.keep(TestStore.malformed("hut", "[1,2,3"));

        Replacements.Replaced replaced = replace(1, reading(1), reading(2), reading(3));

        assertThat(replaced).isEqualTo(new Replacements.Replaced(new Receipt(3, 3, 0, 0), false));
        assertThat(store.number("select count(*) from quarantine")).isZero();
        assertThat(store.number(LEDGER + "ledger where flow = 'test'")).isEqualTo(3_030_000);
        assertThat(store.number(LEDGER + "device where id = 'hut'")).isEqualTo(3_030_000);
    }

    @Test
    void askedTenTimesAtOnceItHappensOnce() throws Exception {
        store.keep(TestStore.malformed("hut", "1"));

        List<CompletableFuture<Replacements.Replaced>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(
                    new Replacements(intake(), Duration.ofSeconds(20)).give(1, "test", "keep", List.of(reading(1))));
        }
        long late = 0;
        for (CompletableFuture<Replacements.Replaced> answer : answers) {
            late += answer.get(20, TimeUnit.SECONDS).cameTooLate() ? 1 : 0;
        }

        assertThat(late).isEqualTo(9);
        assertThat(store.number(LEDGER + "ledger where flow = 'test'")).isEqualTo(1_010_000);
    }

    @Test
    void whatIsMalformedAgainStaysUnderItsNumberWithTheNewReason() throws Exception {
        store.keep(TestStore.malformed("hut", "whole"), TestStore.malformed("hut", "other"));

        Malformed again = new Malformed(
                TestStore.malformed("hut", "part of it").message(), "hut", Malformed.Cause.BAD_TIME, "no such day");
        replace(1, again);

        assertThat(store.number("select count(*) from quarantine where id = 1 and cause = 'bad_time'"
                        + " and reason = 'no such day' and length(payload) = 5"))
                .isEqualTo(1);
        assertThat(store.number(LEDGER + "ledger where flow = 'test'")).isEqualTo(2_000_002);
        assertThat(store.number(LEDGER + "device where id = 'hut'")).isEqualTo(2_000_002);
    }

    @Test
    void ofAMessageThatIsPartlyUnderstoodTheRestStays() throws Exception {
        store.keep(TestStore.malformed("hut", "[1,x"));

        replace(1, reading(1), TestStore.malformed("hut", "x"));

        assertThat(store.number("select count(*) from quarantine where id = 1 and length(payload) = 1"))
                .isEqualTo(1);
        assertThat(store.number(LEDGER + "ledger where flow = 'test'")).isEqualTo(2_010_001);
    }

    @Test
    void aFlowThatKeepsNothingOfItLeavesNoCountBehind() throws Exception {
        store.keep(TestStore.malformed("hut", "on"));

        replace(1);

        assertThat(store.number("select count(*) from quarantine")).isZero();
        assertThat(store.number(LEDGER + "ledger where flow = 'test'")).isZero();
    }

    @Test
    void fiftyReadingsOfADeviceWithoutClockThatCameInOneMillisecondAreAllKept() throws Exception {
        for (int i = 1; i <= 50; i++) {
            store.keep(TestStore.malformed("hut", "" + i));
        }

        for (int i = 1; i <= 50; i++) {
            replace(i, TestStore.reading("hut", TestStore.NOON, "{\"n\":" + i + "}", Flag.NO_DEVICE_TIME.bit()));
        }

        assertThat(store.number("select count(*) from reading")).isEqualTo(50);
        assertThat(store.number("select count(*) from quarantine")).isZero();
    }

    @Test
    void twoReadingsOfADeviceWithoutClockThatCameInOneMillisecondKeepIt() throws Exception {
        store.keep(TestStore.malformed("hut", "1"), TestStore.malformed("hut", "2"));

        for (int i = 1; i <= 2; i++) {
            replace(i, TestStore.reading("hut", TestStore.NOON, "{\"n\":" + i + "}", Flag.NO_DEVICE_TIME.bit()));
        }

        assertThat(store.number("select count(*) from reading")).isEqualTo(2);
        assertThat(store.number("select min(" + store.milliseconds("measured_at") + ") from reading"))
                .isEqualTo(TestStore.NOON.toEpochMilli());
        assertThat(store.number("select max(" + store.milliseconds("measured_at") + ") from reading"))
                .isEqualTo(TestStore.NOON.toEpochMilli() + 1);
    }

    private Replacements.Replaced replace(long id, Outcome... outcomes) throws Exception {
        return new Replacements(intake(), Duration.ofSeconds(20))
                .give(id, "test", "keep", List.of(outcomes))
                .get(20, TimeUnit.SECONDS);
    }

    private static Outcome reading(int minute) {
        return TestStore.reading("hut", TestStore.NOON.plusSeconds(60L * minute), "{\"n\":" + minute + "}");
    }
}
