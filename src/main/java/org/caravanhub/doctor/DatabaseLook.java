package org.caravanhub.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.store.DatabaseAtRest;
import org.caravanhub.store.DatabaseAtRest.Seen;
import org.caravanhub.store.PostgresAddress;

/** The database of a hub that is down. */
public final class DatabaseLook {
    private static final Duration READ_THROUGH = Duration.ofSeconds(4);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long LARGE_LOG = 64L << 20;
    private static final String MB = " MB";

    private DatabaseLook() {}

    /** A file in this folder; only while no hub has the folder. */
    public static Health ofFile(Path data) {
        Optional<Seen> found;
        try {
            found = DatabaseAtRest.look(data, READ_THROUGH);
        } catch (IOException e) {
            return Health.problem(
                    "The database " + data.resolve("caravan.db") + " cannot be opened: " + e.getMessage() + ".",
                    "The hub begins a new one, and brings back what can be read of the old.",
                    "If it is the user: sudo caravan doctor. If it is damaged: docs/how-to/repair-a-damaged-database.md.");
        }
        return found.map(seen -> judge(data, seen)).orElseGet(() -> Health.ok("There is no database yet."));
    }

    private static Health judge(Path data, Seen seen) {
        String size = "The database has " + (seen.bytes() >> 20) + MB
                + (seen.logBytes() > 0 ? ", and " + (seen.logBytes() >> 20) + MB + " in its log" : "");
        if (!seen.isOurs() && seen.bytes() > 0) {
            return Health.problem(
                    data.resolve("caravan.db") + " is a database of another program.",
                    "The hub does not touch it, and does not start.",
                    "Move it away, or choose another folder: caravan.data.");
        }
        if (seen.schema() > seen.newestSchema()) {
            return Health.problem(
                    "The database was made by a newer Caravan: its schema is " + seen.schema()
                            + ", this one knows up to " + seen.newestSchema() + ".",
                    "This Caravan does not start with it, and changes nothing.",
                    "Start the newer one (sudo /opt/caravan/current/deploy/rollback.sh), or restore a backup of this one: caravan backup"
                            + " list.");
        }
        if (!seen.verdict().orElse("ok").equals("ok")) {
            return Health.problem(
                    "The database is damaged: " + seen.verdict().get().replace('\n', ' ') + ".",
                    "When the hub starts it begins a new one and brings back what can be read.",
                    "docs/how-to/repair-a-damaged-database.md. Copy the newest backup away first: caravan backup list.");
        }
        String read = seen.verdict().isEmpty()
                ? size + "; it was not read through in " + READ_THROUGH.toSeconds() + " s: caravan backup now does."
                : size + ", and is whole.";
        return seen.logBytes() > LARGE_LOG
                ? Health.warning(
                        read,
                        "A log that large has not been folded into the database for long.",
                        "Start the hub; it folds it. If it grows again, another program has the file open.")
                : Health.ok(read);
    }

    /** One elsewhere. */
    public static Health of(PostgresAddress address) {
        return DatabaseAtRest.refusal(address, ANSWER)
                .map(why -> Health.warning(
                        address + " does not let the hub in: "
                                + why.lines().findFirst().orElse("") + ".",
                        "What comes waits in spool.db for a day or more; pages and the API are behind.",
                        "See whether it runs: systemctl status postgresql. Name and password are caravan.db.user and"
                                + " caravan.db.password."))
                .orElseGet(() -> Health.ok(address + " lets the hub in."));
    }
}
