package org.caravanhub.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.caravanhub.Await;
import org.junit.jupiter.api.Test;

class HealthReportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aCheckThatHangsHangsNobodyAndIsToldUntilItComesBack() {
        CountDownLatch disk = new CountDownLatch(1);
        HealthReport report = new HealthReport(
                List.of(
                        check("disk", () -> {
                            await(disk);
                            return Health.ok("fine");
                        }),
                        check("mqtt", () -> Health.ok("fine"))),
                Duration.ofMillis(300));

        List<HealthReport.Line> lines = report.lines();

        assertThat(lines).extracting(HealthReport.Line::name).containsExactly("disk", "mqtt");
        assertThat(lines.get(0).health().what()).matches("The check disk has not answered for \\d+ s\\.");
        assertThat(lines.get(1).health().state()).isEqualTo(Health.State.OK);

        disk.countDown();
        Await.until("it is well again", PATIENCE, () -> report.state() == Health.State.OK);
    }

    @Test
    void aCheckThatFailsIsUnknownAndTheWorstComesFirst() {
        HealthReport report = new HealthReport(List.of(
                check("disk", () -> Health.ok("fine")),
                check("mqtt", () -> {
                    throw new IllegalStateException("a secret");
                }),
                check("database", () -> Health.problem("bad", "why", "fix"))));

        assertThat(report.lines()).extracting(HealthReport.Line::name).containsExactly("database", "mqtt", "disk");
        assertThat(report.lines().toString()).contains("IllegalStateException").doesNotContain("a secret");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HealthCheck check(String name, Supplier<Health> answer) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Health check() {
                return answer.get();
            }
        };
    }
}
