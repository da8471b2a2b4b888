package org.caravanhub.api;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.caravanhub.audit.Trail;
import org.caravanhub.quarantine.Replay;
import org.caravanhub.quarantine.StepPlace;
import org.caravanhub.quarantine.Trial;
import org.caravanhub.rehearsal.Rehearsal;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.QuarantineDiscard;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Replacements;

/** The names by which the routes in {@code routes/api} call what looks into quarantine and mends what is there. */
public final class QuarantineOperations {
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(5);

    private QuarantineOperations() {}

    /**
     * Binds them; before the routes are loaded.
     *
     * @param intake where flows give what is to be kept
     * @param writer of the tables
     * @param audit is told of what was replayed or discarded
     */
    public static void bindTo(
            CamelContext camel,
            Queries queries,
            Intake intake,
            GroupCommit writer,
            Database database,
            Rehearsal rehearsal,
            Trail audit) {
        QuarantineQueries quarantine = new QuarantineQueries(queries);
        camel.getRegistry().bind("quarantineApi", new QuarantineApi(quarantine, new StepPlace(camel)::of));
        camel.getRegistry()
                .bind(
                        "mendingApi",
                        new MendingApi(
                                quarantine,
                                new Trial(camel, rehearsal),
                                new Replay(camel, new Replacements(intake, COMMIT), ONE_MESSAGE),
                                new QuarantineDiscard(writer, database),
                                audit));
    }
}
