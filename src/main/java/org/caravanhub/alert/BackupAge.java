package org.caravanhub.alert;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How old the newest backup is. */
public final class BackupAge {
    private final Newest backup;
    private final Clock clock;

    /** When the newest backup was made; empty if there is none. */
    public interface Newest {
        /** @throws IOException if the folder of backups cannot be read */
        Optional<Instant> madeAt() throws IOException;
    }

    /** Of these backups. */
    public BackupAge(Newest backup, Clock clock) {
        this.backup = backup;
        this.clock = clock;
    }

    /** Whether there is none that is younger than that. */
    public List<Finding> old(Duration oldest) throws IOException {
        Optional<Instant> newest = backup.madeAt();
        Duration age =
                newest.map(made -> Duration.between(made, clock.instant())).orElse(Duration.ZERO);
        if (newest.isPresent() && age.compareTo(oldest) <= 0) {
            return List.of(Finding.well(Finding.NONE, "The newest backup is " + Ending.spoken(age) + " old"));
        }
        String title =
                newest.isPresent() ? "The newest backup is " + Ending.spoken(age) + " old" : "There is no backup";
        return List.of(Finding.wrong(
                Finding.NONE, title, "What is lost with this disk is lost for good. Make one: `caravan backup now`."));
    }
}
