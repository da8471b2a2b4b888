package org.caravanhub.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.broker.TestMosquitto;

/** Messages come at a rate; how long until each is a row that another process can read? */
final class Live {
    /**
     * What was seen.
     *
     * @param held whether every row was there a second after the last message
     * @param p50Millis from when a message was due to when its row was seen
     * @param p99Millis the same
     * @param cpuPercent of one core
     * @param megabytes memory at the end
     * @param lost good messages that are not in the database
     */
    record Result(boolean held, double p50Millis, double p99Millis, double cpuPercent, double megabytes, long lost) {}

    private static final int MALFORMED_PER_THOUSAND = 10;
    private static final long GRACE_NANOS = 1_000_000_000L;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private Live() {}

    /** One start of the contender, all rates one after the other. */
    static List<Result> measure(String name, Path repository, Path work, int[] rates, int seconds) throws Exception {
        try (TestMosquitto broker = Stage.broker()) {
            Contender contender = Contender.named(name, repository, work, broker.port());
            Stage.set(contender);
            List<Result> results = new ArrayList<>();
            try (Running running = new Running(contender);
                    Rows rows = new Rows(contender.database())) {
                Stage.awaitSubscription(broker, running);
                // A second of messages first, so that no contender's start is counted as its latency.
                Load.Plan warm = Load.Plan.of(broker.port(), 500).perSecond(500);
                Load.run(warm, new PublisherLog());
                long sequence = warm.nextSequence();
                for (int rate : rates) {
                    Load.Plan plan = Load.Plan.of(broker.port(), rate * seconds)
                            .perSecond(rate)
                            .malformedPerThousand(MALFORMED_PER_THOUSAND)
                            .from(sequence);
                    sequence = plan.nextSequence();
                    results.add(measure(contender, running, rows, plan));
                }
            }
            return results;
        }
    }

    private static Result measure(Contender contender, Running running, Rows rows, Load.Plan plan) throws Exception {
        awaitQuiet(contender, rows);
        long before = rows.number(contender.rows());
        double cpuBefore = running.cpuSeconds();
        PublisherLog log = new PublisherLog();
        Load load = Load.start(plan, log);
        long[] due = goodDueNanos(plan, load);
        double[] millis = new double[due.length];
        int seen = 0;
        long lastDue = load.dueNanos(plan.messages());
        long last = System.nanoTime();
        while (seen < due.length && System.nanoTime() - Math.max(last, lastDue) < PATIENCE_NANOS) {
            long count = Math.min(rows.number(contender.rows()) - before, due.length);
            long now = System.nanoTime();
            for (; seen < count; seen++) {
                millis[seen] = Math.max(0, now - due[seen]) / 1e6;
                last = now;
            }
            running.checkAlive();
            LockSupport.parkNanos(2_000_000);
        }
        load.await();
        double cpu = (running.cpuSeconds() - cpuBefore) / (plan.messages() / plan.perSecond());
        double[] sorted = Arrays.copyOf(millis, seen);
        Arrays.sort(sorted);
        return new Result(
                seen == due.length && last - lastDue < GRACE_NANOS && load.latenessMillis() < 500,
                seen == 0 ? Double.NaN : sorted[seen / 2],
                seen == 0 ? Double.NaN : sorted[(int) (seen * 0.99)],
                cpu * 100,
                running.residentBytes() / 1e6,
                due.length - seen);
    }

    /** Rows of what came before may still be on their way. */
    private static void awaitQuiet(Contender contender, Rows rows) {
        long count = -1;
        for (long now = rows.number(contender.rows()); now != count; now = rows.number(contender.rows())) {
            count = now;
            LockSupport.parkNanos(500_000_000);
        }
    }

    private static long[] goodDueNanos(Load.Plan plan, Load load) {
        long[] due = new long[plan.messages()];
        int good = 0;
        for (int message = 0; message < plan.messages(); message++) {
            if (!plan.isMalformed(message)) {
                due[good++] = load.dueNanos(message);
            }
        }
        return Arrays.copyOf(due, good);
    }
}
