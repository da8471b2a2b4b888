package org.caravanhub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.TestPostgres;
import org.caravanhub.device.Presence;
import org.caravanhub.device.PresenceChange;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Heard;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Queries;
import org.junit.jupiter.api.Test;

/** PostgreSQL can be away. */
final class PresenceRoundsOnPostgresTest {
    @Test
    void whatChangesWhileTheDatabaseIsAwayIsToldAtOnceAndWrittenLaterAndToldNoMoreByTheNextHub() throws Exception {
        List<String> told = new ArrayList<>();
        try (TestPostgres postgres = TestPostgres.fresh();
                PostgresDatabase database =
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty()));
                GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
                Queries queries = new Queries(database, Duration.ofSeconds(5))) {
            PresenceBook book = new PresenceBook(queries, writer, database);
            Scene scene = new Scene();
            PresenceRounds rounds = PresenceRoundsTest.rounds(scene, book, told, new ArrayList<>());
            scene.looks = rounds::round;
            Heard.once(writer, "hut", scene.time.instant());
            scene.speaks("hut", 5, Duration.ofMinutes(1));

            postgres.stop();
            scene.says(scene.will("hut")).seconds(15);
            assertThat(told).containsExactly("hut online", "hut offline");

            postgres.start();
            scene.seconds(25);
            assertThat(book.changes("hut"))
                    .extracting(PresenceChange::state)
                    .containsExactly(Presence.OFFLINE, Presence.ONLINE);

            Scene next = new Scene();
            next.watch.recall(book.all(), book.paths());
            PresenceRoundsTest.rounds(next, book, told, new ArrayList<>()).round();
            assertThat(next.of("hut")).isEqualTo(Presence.OFFLINE);
            assertThat(told).hasSize(2);
        }
    }
}
