package org.caravanhub.backup;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What belongs to making a backup: it is made, copied to the second place if that is there, and the old ones go. */
public final class BackupRound {
    private final Backups backups;
    private final Optional<Shelf> second;
    private final Retention retention;
    private final Clock clock;

    /**
     * With these.
     *
     * @param second a folder on another disk that is there now
     */
    public BackupRound(Backups backups, Optional<Shelf> second, Retention retention, Clock clock) {
        this.backups = backups;
        this.second = second;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param made the new one
     * @param gone old ones that went
     * @param copy the copy at the second place, if there is one
     * @param noCopy why there is no copy although there is a second place; empty if there is nothing to say
     */
    public record Result(BackupFile made, List<BackupFile> gone, Optional<BackupFile> copy, String noCopy) {}

    /**
     * Makes one. Old ones go only after it is known to be whole.
     *
     * @throws IOException if none could be made; those that are there stay
     */
    public Result make(String label, BackupListener listener) throws IOException {
        BackupFile made = backups.make(label, listener);
        List<BackupFile> gone = prune(backups.shelf());
        Optional<BackupFile> copy = Optional.empty();
        String noCopy = "";
        if (second.isPresent()) {
            try {
                copy = Optional.of(SecondPlace.copy(made, second.get()));
                prune(second.get());
            } catch (IOException e) {
                noCopy = String.valueOf(e.getMessage());
            }
        }
        return new Result(made, gone, copy, noCopy);
    }

    /** How old the newest is; empty if there is none. One from the future is as good as none: a clock was wrong. */
    public Optional<Duration> age() throws IOException {
        return backups.shelf()
                .newest()
                .map(newest -> Duration.between(newest.madeAt(), clock.instant()))
                .filter(age -> !age.isNegative());
    }

    private List<BackupFile> prune(Shelf shelf) throws IOException {
        return shelf.prune(retention, clock.instant(), ZoneId.systemDefault());
    }
}
