package org.caravanhub.api;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.alert.Ending;
import org.caravanhub.alert.Finding;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Shelf;

/** How old the newest backup is. */
public final class BackupAge {
    private final Shelf shelf;
    private final Clock clock;

    /** Of the backups in this folder. */
    public BackupAge(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Whether there is none that is younger than that. */
    public List<Finding> old(Duration oldest) throws IOException {
        Optional<Instant> newest = newest();
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

    private Optional<Instant> newest() throws IOException {
        return shelf.newest().map(BackupFile::madeAt);
    }
}
