package org.caravanhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.broker.TestMosquitto;

/**
 * Messages wait in a contender's session; it starts; how fast are they rows? The contender subscribes once and ends beforehand, so
 * that the broker keeps for it what comes.
 */
final class Drain {
    /**
     * What was seen.
     *
     * @param rowsPerSecond from the first row to the last
     * @param firstRowSeconds from the start of the process to the first row
     * @param cpuSecondsPer100k of the contender, its start included
     * @param peakMegabytes memory of the contender
     * @param lost good messages that are not in the database
     * @param repeated rows that are there twice
     */
    record Result(
            double rowsPerSecond,
            double firstRowSeconds,
            double cpuSecondsPer100k,
            double peakMegabytes,
            long lost,
            long repeated) {}

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final int MALFORMED_PER_THOUSAND = 10;

    private Drain() {}

    static Result measure(String name, Path repository, Path work, int messages) throws Exception {
        try (TestMosquitto broker = Stage.broker()) {
            Contender contender = Contender.named(name, repository, work, broker.port());
            Stage.set(contender);
            try (Running first = new Running(contender)) {
                Stage.awaitSubscription(broker, first);
            }
            PublisherLog log = new PublisherLog();
            Load.run(
                    Load.Plan.of(broker.port(), (int) (messages * contender.share()))
                            .malformedPerThousand(MALFORMED_PER_THOUSAND),
                    log);
            try (Running second = new Running(contender)) {
                return drain(contender, second, log.goodCount());
            }
        }
    }

    private static Result drain(Contender contender, Running running, long good) throws Exception {
        try (Rows rows = new Rows(contender.database())) {
            long before = rows.number(contender.rows());
            long first = 0;
            long last = System.nanoTime();
            long seen = before;
            for (int look = 0; seen < good && System.nanoTime() - last < PATIENCE_NANOS; look++) {
                long count = rows.number(contender.rows());
                long now = System.nanoTime();
                if (count > seen) {
                    first = first == 0 ? now : first;
                    last = now;
                    seen = count;
                }
                if (look % 10 == 0) {
                    running.residentBytes();
                    running.checkAlive();
                }
                LockSupport.parkNanos(10_000_000);
            }
            running.residentBytes();
            double cpu = running.cpuSeconds();
            if (first == 0) {
                throw new IOException("no row within 20 seconds");
            }
            long[] verified = rows.pair(contender.verify());
            return new Result(
                    seen / Math.max((last - first) / 1e9, 1e-3),
                    (first - running.startedNanos()) / 1e9,
                    cpu / good * 1e5,
                    running.peakBytes() / 1e6,
                    good - verified[1],
                    verified[0] - verified[1]);
        } catch (IOException e) {
            throw new IOException(
                    contender.name() + ": "
                            + Files.readString(contender.database().resolveSibling("output.log")),
                    e);
        }
    }
}
