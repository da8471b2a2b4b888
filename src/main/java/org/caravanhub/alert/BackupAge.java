package org.caravanhub.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How old the newest copy of the database is. A copy has its final name only after it was checked. */
public final class BackupAge {
    private final Path folder;
    private final Clock clock;

    /** Of the copies in this folder. */
    public BackupAge(Path folder, Clock clock) {
        this.folder = folder;
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
                Finding.NONE, title, "What is lost with this disk is lost for good. Copies belong in " + folder));
    }

    private Optional<Instant> newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Optional<Instant> newest = Optional.empty();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".db")).toList()) {
                Instant made = Files.getLastModifiedTime(file).toInstant();
                newest = newest.filter(other -> other.isAfter(made)).or(() -> Optional.of(made));
            }
        }
        return newest;
    }
}
