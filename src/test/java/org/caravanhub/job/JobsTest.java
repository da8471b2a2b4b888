package org.caravanhub.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long work, one at a time, and how far it is. */
class JobsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Job> news = new CopyOnWriteArrayList<>();
    private final Jobs jobs = new Jobs(news::add, Clock.systemUTC(), nanos::get);

    @AfterEach
    void stop() throws InterruptedException {
        jobs.close();
    }

    private void awaitIdle() {
        Await.until("no job runs", Duration.ofSeconds(10), () -> jobs.running().isEmpty());
    }

    /** A gigabyte comes in eight thousand blocks; who listens is told twice in a second. */
    @Test
    void manyBlocksAreFewNews() {
        jobs.begin("copy", "a", course -> {
            for (int block = 1; block <= 8000; block++) {
                nanos.addAndGet(1_000_000);
                course.at("copies", block, 8000);
            }
            return Map.of("blocks", 8000);
        });
        awaitIdle();

        Await.until("the last news", Duration.ofSeconds(10), () -> news.get(news.size() - 1)
                .isOver());
        assertThat(news).hasSizeBetween(10, 25);
        assertThat(jobs.all().get(0).result()).containsEntry("blocks", 8000);
        assertThat(jobs.all().get(0).done()).isEqualTo(8000);
    }

    /** A program that was replaced below it misses a class, for example. */
    @Test
    void whateverEndsOneItIsInNobodysWay() {
        jobs.begin("copy", "a", course -> {
            throw new NoClassDefFoundError("org/caravanhub/Gone");
        });
        awaitIdle();

        assertThat(jobs.all().get(0).failure())
                .get()
                .extracting(Job.Failure::code)
                .isEqualTo("internal");
    }

    @Test
    void aSecondOneIsToldOfTheFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Job first = jobs.begin("copy", "a", course -> {
            go.await();
            throw new JobFailed("no_room", "The disk is full.");
        });

        assertThatThrownBy(() -> jobs.begin("copy", "b", course -> Map.of()))
                .isInstanceOfSatisfying(
                        JobRunning.class,
                        running -> assertThat(running.job().id()).isEqualTo(first.id()));
        go.countDown();
        awaitIdle();
        assertThat(jobs.find(first.id()).orElseThrow().failure())
                .hasValue(new Job.Failure("no_room", "The disk is full."));
        for (int i = 0; i < 25; i++) {
            jobs.begin("copy", "c", course -> Map.of());
            awaitIdle();
        }
        assertThat(jobs.all()).hasSize(20);
        assertThat(jobs.find(first.id())).isEmpty();
    }

    @Test
    void whatRunsWhenTheHubStopsCleansUpAfterItself() throws Exception {
        CountDownLatch cleaned = new CountDownLatch(1);
        jobs.begin("copy", "a", course -> {
            try {
                new CountDownLatch(1).await();
                return Map.of();
            } finally {
                cleaned.countDown();
            }
        });

        jobs.close();

        assertThat(cleaned.getCount()).isZero();
        assertThat(jobs.all().get(0).state()).isEqualTo(Job.State.FAILED);
    }
}
