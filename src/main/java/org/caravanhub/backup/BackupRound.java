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
    private final Optional<SecondCopies> second;
    private final Retention retention;
    private final Clock clock;

    /**
     * With these.
     *
     * @param second where they are copied to
     */
    public BackupRound(Backups backups, Optional<SecondCopies> second, Retention retention, Clock clock) {
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
     * @param second what came of the copy, if there is a second place
     */
    public record Result(BackupFile made, List<BackupFile> gone, Optional<SecondCopies.Result> second) {
        /** Why there is no copy although there should be one; empty if there is nothing to worry about. */
        public String noCopy() {
            return second.filter(result -> result.kind() == SecondCopies.Kind.FAILED)
                    .map(SecondCopies.Result::words)
                    .orElse("");
        }
    }

    /**
     * Makes one. Old ones go only after it is known to be whole.
     *
     * @throws IOException if none could be made; those that are there stay
     */
    public Result make(String label, BackupListener listener) throws IOException {
        BackupFile made = backups.make(label, listener);
        List<BackupFile> gone = prune(backups.shelf());
        return new Result(made, gone, second.map(copies -> copies.bring(made, listener)));
    }

    /** How old the newest is; empty if there is none but from the future, which is as good as none: a clock was wrong. */
    public Optional<Duration> age() throws IOException {
        return backups.shelf()
                .newest(clock.instant())
                .map(newest -> Duration.between(newest.madeAt(), clock.instant()));
    }

    private List<BackupFile> prune(Shelf shelf) throws IOException {
        return shelf.prune(retention, clock.instant(), ZoneId.systemDefault());
    }
}
