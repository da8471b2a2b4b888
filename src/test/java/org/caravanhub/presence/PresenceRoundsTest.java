package org.caravanhub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.alert.Alerts;
import org.caravanhub.device.Presence;
import org.caravanhub.device.PresenceChange;
import org.caravanhub.notice.Notice;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Heard;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, alerted and written; in a real database, and a time that only the test moves. */
final class PresenceRoundsTest {
    @TempDir
    Path folder;

    private Database database;
    private GroupCommit writer;
    private Queries queries;
    private PresenceBook book;
    private final List<String> told = new ArrayList<>();
    private final List<String> alerts = new ArrayList<>();

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(5));
        book = new PresenceBook(queries, writer, database);
    }

    @AfterEach
    void close() throws Exception {
        queries.close();
        writer.close();
        database.close();
    }

    private PresenceRounds rounds(Scene scene) {
        return rounds(scene, book, told, alerts);
    }

    static PresenceRounds rounds(Scene scene, PresenceBook book, List<String> told, List<String> alerts) {
        return new PresenceRounds(
                scene.watch,
                book,
                now -> told.add(now.device() + " " + now.state().word()),
                new Alerts() {
                    @Override
                    public void raise(Notice notice) {
                        alerts.add("+" + notice.device() + " " + notice.text());
                    }

                    @Override
                    public void resolve(String name, String device, String why) {
                        alerts.add("-" + device + " " + why);
                    }
                },
                scene.ears,
                scene.time,
                () -> scene.time.monotonic.toNanos());
    }

    private Scene scene() {
        Scene scene = new Scene();
        PresenceRounds rounds = rounds(scene);
        scene.looks = rounds::round;
        return scene;
    }

    @Test
    void aRestartTellsNothingTwiceAndKnowsWhatWasLearned() {
        Scene scene = scene();
        scene.speaks("hut", 8, Duration.ofMinutes(1));
        scene.watch.owned("hut", Optional.of(new PresenceBook.Ownership(false, Optional.empty())));
        scene.says(scene.will("hut")).seconds(70);
        assertThat(told).containsExactly("hut online", "hut offline");
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0)).startsWith("+hut Reason: last will at ").contains(" Last heard at 2026-06-01T");

        Heard.once(writer, "hut", scene.time.instant());
        Scene restarted = new Scene();
        restarted.watch.recall(book.all(), book.paths());
        PresenceRounds again = rounds(restarted);
        again.round();
        assertThat(restarted.of("hut")).isEqualTo(Presence.OFFLINE);
        assertThat(restarted.watch.standing("hut").orElseThrow().usual()).hasMinutes(1);
        assertThat(told).hasSize(2);
        assertThat(alerts).hasSize(1);

        restarted.says(restarted.reading("hut"));
        again.round();
        assertThat(told).containsExactly("hut online", "hut offline", "hut online");
        assertThat(alerts).hasSize(2).last().isEqualTo("-hut heard again");
        assertThat(book.changes("hut"))
                .extracting(PresenceChange::state)
                .containsExactly(Presence.ONLINE, Presence.OFFLINE, Presence.ONLINE);
    }

    @Test
    void aHundredChangesAreTwoHundredRowsAtMostAndADeviceThatIsRemovedLeavesNone() {
        Scene scene = new Scene();
        PresenceRounds rounds = rounds(scene);
        for (int i = 0; i < 110; i++) {
            scene.says(scene.birth("hut"));
            rounds.round();
            scene.time.monotonic = scene.time.monotonic.plus(Duration.ofHours(2));
            rounds.round();
            scene.says(scene.will("hut"));
            scene.time.monotonic = scene.time.monotonic.plus(Duration.ofHours(2));
            rounds.round();
        }
        assertThat(book.changes("hut")).hasSize(PresenceBook.KEPT);

        scene.watch.removed("hut");
        rounds.round();
        assertThat(book.changes("hut")).isEmpty();
        assertThat(scene.of("hut")).isEqualTo(Presence.NEW);
    }

    @Test
    void aHubWithoutDevicesHasNoThread() throws Exception {
        long others = threads();
        Scene scene = new Scene();
        PresenceRounds rounds = rounds(scene);
        rounds.begin();
        rounds.recall();
        assertThat(threads()).isEqualTo(others);

        scene.says(scene.reading("hut"));
        assertThat(threads()).isEqualTo(others + 1);
        rounds.close();
        assertThat(told).containsExactly("hut online");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("presence"))
                .count();
    }

    @Test
    void aThousandChangesAtOnceAreWrittenAndAClockOf1970IsWaitedFor() {
        Scene scene = new Scene();
        PresenceRounds rounds = rounds(scene);
        scene.ears.isClockBelieved = false;
        scene.time.wall = Instant.EPOCH;
        for (int i = 0; i < 1000; i++) {
            scene.says(scene.timeless("d" + i));
        }
        rounds.round();
        assertThat(told).hasSize(1000);
        assertThat(book.changes("d7")).isEmpty();

        scene.time.wall = Scene.NOON;
        scene.time.monotonic = scene.time.monotonic.plusSeconds(30);
        scene.ears.isClockBelieved = true;
        rounds.round();
        assertThat(book.changes("d7")).extracting(PresenceChange::at).containsExactly(Scene.NOON.minusSeconds(30));
    }
}
