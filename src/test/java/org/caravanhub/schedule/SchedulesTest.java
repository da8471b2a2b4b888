package org.caravanhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.quartz.Trigger;
import org.quartz.TriggerKey;

final class SchedulesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ON_FIRST_OF_JANUARY = "cron=0+0+0+1+1+?&recoverableJob=";

    @TempDir
    Path folder;

    private final AtomicInteger missedRuns = new AtomicInteger();
    private final AtomicInteger skippedRuns = new AtomicInteger();
    private SqliteDatabase database;
    private GroupCommit writer;
    private Queries queries;
    private ScheduleBook book;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(5));
        book = new ScheduleBook(queries, writer, database);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
        queries.close();
        database.close();
    }

    @Test
    void whatWasMissedForYearsRunsOnceAndOnlyIfItSaysSo() throws Exception {
        book.note(List.of(
                new ScheduleBook.Line("test/recovers", 0, 0, "done"),
                new ScheduleBook.Line("test/skips", 0, 0, "done")));
        Schedules schedules = new Schedules(book, 0);
        try (DefaultCamelContext camel = started(schedules)) {
            schedules.begin();
            schedules.catchUp();
            Await.until(
                    "its run is noted", PATIENCE, () -> line("test/recovers").plannedAt() > 0);

            schedules.clockWasSet(true);
            assertThat(missedRuns).hasValue(1);
            assertThat(skippedRuns).hasValue(0);
            assertThat(camel.getRoutesSize()).isEqualTo(2);
        }
    }

    @Test
    void whatIsSeenForTheFirstTimeWasNotMissed() throws Exception {
        Schedules schedules = new Schedules(book, 0);
        try (DefaultCamelContext camel = started(schedules)) {
            schedules.begin();
            schedules.catchUp();
            assertThat(line("test/recovers").outcome()).isEqualTo("known");
            assertThat(book.lines()).doesNotContainKey("test/skips");
            assertThat(camel.getRoutesSize()).isEqualTo(2);
        }
    }

    @Test
    void aScheduleThatWasFarInTheFutureIsReckonedFromNow() throws Exception {
        Schedules schedules = new Schedules(book, 0);
        try (DefaultCamelContext camel = started(schedules)) {
            TriggerKey key = new TriggerKey("recovers", "test");
            Trigger far = schedules.component().getScheduler().getTrigger(key);
            java.util.Date in2090 = new java.util.Date(3_786_912_000_000L);
            schedules
                    .component()
                    .getScheduler()
                    .rescheduleJob(key, far.getTriggerBuilder().startAt(in2090).build());

            schedules.clockWasSet(false);
            assertThat(schedules.component().getScheduler().getTrigger(key).getNextFireTime())
                    .isBefore(in2090);
            assertThat(camel.getRoutesSize()).isEqualTo(2);
        }
    }

    /** A restart must not make it a run that was. */
    @Test
    void whatWasPutOffCountsAsMissed() throws Exception {
        book.note(List.of(new ScheduleBook.Line("test/recovers", 1, 2, "done")));
        Schedules schedules = new Schedules(book, 0);
        try (DefaultCamelContext camel = started(schedules)) {
            schedules.begin();
            schedules.putOff("recovers", "power is short");
            schedules.runNow("test/recovers");
            Await.until("it says so", PATIENCE, () -> line("test/recovers")
                    .outcome()
                    .startsWith("waits"));
            assertThat(line("test/recovers"))
                    .isEqualTo(new ScheduleBook.Line("test/recovers", 1, 2, "waits: power is short"));

            schedules.catchUp();
            Await.until(
                    "it ran", PATIENCE, () -> line("test/recovers").outcome().equals("done"));
            assertThat(missedRuns).hasValue(2);
            assertThat(camel.getRoutesSize()).isEqualTo(2);
        }
    }

    private DefaultCamelContext started(Schedules schedules) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.start();
        camel.addComponent("quartz", schedules.component());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:test/recovers?" + ON_FIRST_OF_JANUARY + "true")
                        .process(exchange -> missedRuns.incrementAndGet());
                from("quartz:test/skips?" + ON_FIRST_OF_JANUARY + "false")
                        .process(exchange -> skippedRuns.incrementAndGet());
            }
        });
        return camel;
    }

    private ScheduleBook.Line line(String job) {
        return Objects.requireNonNull(book.lines().get(job), job);
    }
}
