package org.caravanhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ScheduleBook;
import org.caravanhub.store.SqliteDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final BlockingQueue<OffsetDateTime> runs = new LinkedBlockingQueue<>();
    private final SetClock clock = new SetClock(Instant.parse("2026-11-21T12:00:00Z"));
    private SqliteDatabase database;
    private GroupCommit writer;
    private Queries queries;
    private ScheduleBook book;
    private Schedules schedules;
    private DefaultCamelContext camel;

    /** A wall clock that a test sets. */
    private static final class SetClock extends Clock {
        private final AtomicReference<Instant> now;

        SetClock(Instant now) {
            this.now = new AtomicReference<>(now);
        }

        void set(String time) {
            now.set(Instant.parse(time));
        }

        @Override
        public Instant instant() {
            return Objects.requireNonNull(now.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(5));
        book = new ScheduleBook(queries, writer, database);
        schedules = new Schedules(book, 0, clock);
        camel = new DefaultCamelContext();
        camel.addComponent("every", schedules.every());
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
        writer.close();
        queries.close();
        database.close();
    }

    @Test
    void aFlowThatHangsHoldsUpNoOtherAndItsOwnTimesAreSkipped() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
        flow("hangs", "every:1s", exchange -> {
            begun.add("run");
            never.await();
        });
        flow("goes-on", "every:1s", note());

        assertThat(begun.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        for (int i = 0; i < 3; i++) {
            assertThat(next()).isNotNull();
        }
        assertThat(begun).isEmpty();
        never.countDown();
    }

    @Test
    void aDailyFlowThatWasMissedRunsOnceSoonAfterTheStartAndSaysWhichTimeItIs() throws Exception {
        book.note(List.of(new ScheduleBook.Line("every/report", millis("2026-11-18T05:30:00Z"), 0, "done")));

        flow("report", "every:day?at=06:30&zone=Europe/Berlin&missed=run-once", note());

        assertThat(next()).isEqualTo(OffsetDateTime.parse("2026-11-19T06:30:00+01:00"));
        Await.until(
                "its run is noted",
                PATIENCE,
                () -> line("every/report").outcome().equals("done")
                        && line("every/report").plannedAt() == millis("2026-11-19T05:30:00Z"));
        assertThat(runs).isEmpty();
    }

    @Test
    void oneThatIsSeenForTheFirstTimeWasNotMissed() throws Exception {
        flow("report", "every:day?at=06:30&missed=run-once", note());

        Await.until("it is known", PATIENCE, () -> book.lines().containsKey("every/report"));
        assertThat(line("every/report").outcome()).isEqualTo("known");
        assertThat(runs).isEmpty();
    }

    @Test
    void whatAClockJumpsOverIsNotRunUnlessTheClockWasWrongBefore() throws Exception {
        clock.set("1970-01-01T00:10:00Z");
        book.note(List.of(new ScheduleBook.Line("every/report", millis("2026-11-18T06:30:00Z"), 0, "done")));
        flow("report", "every:day?at=06:30&zone=UTC&missed=run-once", note());
        flow("skips", "every:day?at=06:30&zone=UTC", note());

        clock.set("2026-11-21T12:00:00Z");
        schedules.every().lookBack();

        assertThat(next()).isEqualTo(OffsetDateTime.parse("2026-11-19T06:30:00Z"));
        assertThat(runs).isEmpty();
    }

    @Test
    void aFlowThatIsStoppedRunsNoMoreAndRunsAgainWhenItIsStarted() throws Exception {
        flow("each-second", "every:1s", note());
        assertThat(next()).isNotNull();
        camel.getRouteController().stopRoute("each-second");
        runs.clear();

        camel.getRouteController().startRoute("each-second");

        assertThat(next()).isNotNull();
    }

    @Test
    void aFlowThatIsHurriedRunsBeforeItsTimeAndItsPeriodBeginsAnew() throws Exception {
        flow("each-hour", "every:1h", note());

        schedules.hurry("each-hour", Duration.ofMinutes(30));
        schedules.hurry("each-hour", Duration.ZERO);
        schedules.hurry("nobody", Duration.ZERO);

        // It would run ten seconds after its start.
        assertThat(runs.poll(8, TimeUnit.SECONDS)).isNotNull();
        schedules.hurry("each-hour", Duration.ofMillis(1));
        assertThat(next()).isNotNull();
        assertThat(runs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every:0s",
                "every:day?zone=Berlin",
                "every:day?missed=run_once",
                "every:15m?missed=run-once",
                "every:day?att=06:30"
            })
    void aMistakeIsFoundBeforeAnythingRuns(String uri) {
        assertThatThrownBy(() -> camel.getEndpoint(uri)).rootCause().isNotNull();
    }

    private Processor note() {
        return exchange -> runs.add(exchange.getMessage().getBody(OffsetDateTime.class));
    }

    private void flow(String id, String from, Processor processor) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).process(processor);
            }
        });
    }

    private OffsetDateTime next() throws InterruptedException {
        return runs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private ScheduleBook.Line line(String job) {
        return book.lines().getOrDefault(job, new ScheduleBook.Line(job, 0, 0, "nothing"));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
