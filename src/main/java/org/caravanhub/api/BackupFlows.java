package org.caravanhub.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.alert.Finding;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.Retention;
import org.caravanhub.backup.Shelf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the flows call that save the hub and try whether it can be brought back. */
public final class BackupFlows {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFlows.class);

    private final Supplier<BackupRound> rounds;
    private final Drill drill;
    private final Shelf shelf;

    /** @param rounds looks each time whether the second place is there */
    public BackupFlows(Supplier<BackupRound> rounds, Drill drill, Shelf shelf) {
        this.rounds = rounds;
        this.drill = drill;
        this.shelf = shelf;
    }

    /** Makes one, unless there is one that is younger than that. */
    public List<Finding> makeIfOlder(Duration than) {
        BackupRound round = rounds.get();
        try {
            Optional<Duration> age = round.age();
            if (age.filter(young -> young.compareTo(than) < 0).isPresent()) {
                return List.of();
            }
            BackupRound.Result result = round.make(Retention.BY_THE_CLOCK, BackupListener.NONE);
            LOG.info(
                    "backup=made file={} bytes={} gone={}",
                    result.made().name(),
                    result.made().bytes(),
                    result.gone().size());
            return List.of(
                    result.noCopy().isEmpty()
                            ? Finding.well(
                                    Finding.NONE, "The backup " + result.made().name() + " was made")
                            : Finding.wrong(
                                    Finding.NONE,
                                    "The backup could not be copied to the second place",
                                    result.noCopy() + ". On this machine it is whole: "
                                            + result.made().name()));
        } catch (IOException e) {
            LOG.warn("backup=failed reason=\"{}\"", e.getMessage());
            return List.of(Finding.wrong(
                    Finding.NONE,
                    "No backup could be made",
                    e.getMessage() + ". Those that are there are as they were; try `caravan backup now`."));
        }
    }

    /** Brings the newest back in a place of its own. An encrypted one needs its paper, which only a person has. */
    public List<Finding> drill() {
        try {
            Optional<BackupFile> newest = shelf.newest();
            if (newest.isEmpty() || newest.get().isSealed()) {
                return List.of();
            }
            Drill.Result result = drill.run(newest.get().path(), Optional.empty(), BackupListener.NONE);
            LOG.info("drill={} backup={}", result.isWell() ? "well" : "failed", result.backup());
            return List.of(
                    result.isWell()
                            ? Finding.well(Finding.NONE, "The backup " + result.backup() + " comes back")
                            : Finding.wrong(
                                    Finding.NONE,
                                    "The backup " + result.backup() + " could not be brought back",
                                    "It says: " + result.trouble() + ". Make another: `caravan backup now`."));
        } catch (IOException e) {
            LOG.warn("drill=failed reason=\"{}\"", e.getMessage());
            return List.of(Finding.wrong(
                    Finding.NONE, "No backup could be tried", e.getMessage() + ". Is there room on the disk?"));
        }
    }
}
