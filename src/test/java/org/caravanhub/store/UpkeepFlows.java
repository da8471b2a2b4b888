package org.caravanhub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Wrong;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.upkeep.Due;
import org.caravanhub.upkeep.Upkeep;

/** The flows of {@code routes/upkeep} as they are shipped, on a store of the test, run when the test says so. */
public final class UpkeepFlows implements AutoCloseable {
    private final CamelContext camel = new DefaultCamelContext();
    private final OneCommit oneCommit;

    public UpkeepFlows(Path folder, Database database, GroupCommit writer, Due.Limits limits, Instant now)
            throws Exception {
        this(folder, database, writer, limits, now, flow -> false);
    }

    /** @param waits whether a flow has to wait now */
    public UpkeepFlows(
            Path folder, Database database, GroupCommit writer, Due.Limits limits, Instant now, Predicate<String> waits)
            throws Exception {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        HubClock hubClock =
                new HubClock(clock, () -> 0, () -> false, new HubClock.Limits(true, Instant.EPOCH, Optional.empty()));
        oneCommit = new OneCommit(writer);
        Schedules schedules =
                new Schedules(new ScheduleBook(new Queries(database, Duration.ofSeconds(5)), writer, database), 0);
        camel.getRegistry().bind("oneCommit", oneCommit);
        camel.getRegistry().bind("writer", new LentConnections(oneCommit));
        camel.getRegistry().bind("sqlFiles", new SqlFiles(database));
        camel.getRegistry().bind("schedules", schedules);
        camel.getRegistry().bind("upkeep", new Upkeep(new Due(limits, hubClock), waits));
        camel.start();
        camel.addComponent("quartz", schedules.component());
        load(folder.resolve("routes"));
    }

    private void load(Path routes) throws Exception {
        for (String feature : new String[] {"shared", "upkeep"}) {
            Files.createDirectories(routes.resolve(feature));
            try (Stream<Path> files = Files.list(Path.of("routes", feature))) {
                for (Path file : files.toList()) {
                    Path copy = routes.resolve(feature).resolve(file.getFileName());
                    // Whether the file is whole is looked at by a test of its own.
                    if (!Files.exists(copy) && !file.endsWith("check-integrity.camel.yaml")) {
                        Files.copy(file, copy);
                    }
                }
            }
        }
        LoadedFlows.of(routes, camel);
    }

    /** Runs a flow to its end. */
    public void run(String... flows) throws Exception {
        for (String flow : flows) {
            Exchange exchange = new DefaultExchange(camel);
            camel.getRoute(flow).getProcessor().process(exchange);
            Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            if (exchange.getException() != null || failure != null) {
                throw new AssertionError(flow, exchange.getException() != null ? exchange.getException() : failure);
            }
        }
    }

    /** How long the writer was held at most. */
    public Duration longest() {
        return oneCommit.longest();
    }

    /** Puts right what was received while the clock was wrong. */
    public void putRight(Wrong wrong) {
        camel.createProducerTemplate().sendBody("direct:put-clock-right", wrong);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
