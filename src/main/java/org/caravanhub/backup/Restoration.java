package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanhub.backup.RestoreReport.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a backup back into a hub that runs: it is ordered while the hub runs and carried out while nobody is at work, and if the hub does
 * not start with it, what was there before is brought back. Each step is noted before it is done, so that a kill at any moment leaves
 * something that the next start goes on with: before {@link State#BEGUN} with what was there, from then on with what is brought back.
 */
public final class Restoration {
    /** A start that is killed is no reason to give up; several are. */
    private static final int MOST_STARTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private final Restore restore;
    private final Backups shelf;
    private final Optional<Backups> unsealed;
    private final RestoreBook book;
    private final Clock clock;

    /**
     * Of one hub.
     *
     * @param shelf makes the backup of what is there
     * @param unsealed makes another one that needs no key to be opened, if the first does
     * @param report the file in which it is noted
     */
    public Restoration(Restore restore, Backups shelf, Optional<Backups> unsealed, Path report, Clock clock) {
        this(restore, shelf, unsealed, new RestoreBook(report), clock);
    }

    Restoration(Restore restore, Backups shelf, Optional<Backups> unsealed, RestoreBook book, Clock clock) {
        this.restore = restore;
        this.shelf = shelf;
        this.unsealed = unsealed;
        this.book = book;
        this.clock = clock;
    }

    /** The last one. */
    public Optional<RestoreReport> last() {
        return book.last();
    }

    /**
     * Orders what was prepared; the hub has to stop now.
     *
     * @param job by which it is asked for
     * @param who who orders it
     */
    public void order(String job, String who, String backup, Manifest prepared, Difference difference)
            throws IOException {
        restore.note(prepared);
        book.write(new RestoreReport(
                job,
                who,
                backup,
                clock.instant(),
                State.ORDERED,
                "",
                "",
                "",
                0,
                new RestoreReport.Changes(
                        difference.rows().size(), difference.files().size()),
                Map.of(),
                Optional.empty()));
    }

    /** Whether it waits for the hub to stop. */
    public boolean isOrdered() {
        return is(State.ORDERED);
    }

    /** Whether what was brought back has yet to show that it starts. */
    public boolean isOnTrial() {
        return last().filter(RestoreReport::isOnTrial).isPresent();
    }

    /** Does what was ordered; nobody may be at work in the data folder. What goes wrong is noted. */
    public void carryOut(BackupListener listener) {
        RestoreReport report = last().orElseThrow();
        try {
            report = save(report, listener);
        } catch (IOException | RuntimeException e) {
            notBegun(report, "What is there could not be saved: " + e.getMessage() + ". Nothing was changed");
            return;
        }
        try {
            report = report.to(State.BEGUN);
            book.write(report);
            restore.begin(restore.noted());
            finishBegun();
        } catch (IOException e) {
            if (restore.isBegun()) {
                // The next start goes on with it, or undoes it.
                LOG.warn("restore=unfinished reason=\"{}\"", e.getMessage());
            } else {
                notBegun(report, "It could not begin: " + e.getMessage() + ". Nothing was changed");
            }
        }
    }

    private RestoreReport save(RestoreReport report, BackupListener listener) throws IOException {
        BackupFile saved = shelf.make("before-restore", listener);
        Path undo = saved.path();
        if (unsealed.isPresent()) {
            undo = unsealed.get().make("before-restore", listener).path();
        }
        return report.savedAs(saved.name(), undo.toString());
    }

    private void notBegun(RestoreReport report, String why) {
        LOG.warn("restore=not-begun backup={} reason=\"{}\"", report.backup(), why);
        try {
            restore.giveUp();
            end(report.because(why).to(State.NOT_BEGUN));
        } catch (IOException e) {
            LOG.warn("restore=not-noted reason=\"{}\"", e.getMessage());
        }
    }

    /**
     * Finishes one that was begun, also by a process that was killed. Nothing happens if none was.
     *
     * @throws IOException if it cannot be finished now; it stays begun
     */
    public Optional<Restore.Result> finishBegun() throws IOException {
        RestoreReport report = last().filter(each -> !each.isOver()).orElse(null);
        if (report != null && report.state() == State.UNDOING && !restore.isBegun()) {
            restore.begin(restore.prepare(Path.of(report.undo()), Optional.empty(), BackupListener.NONE));
        }
        if (!restore.isBegun()) {
            return Optional.empty();
        }
        if (report == null) {
            return Optional.of(restore.finish());
        }
        // Noted first: what is begun no more and noted as begun has not changed a byte.
        RestoreReport now = report.to(report.state() == State.UNDOING ? State.RETURNING : State.STARTING);
        if (report.state() == State.BEGUN || report.state() == State.UNDOING) {
            book.write(now);
        }
        Restore.Result result = restore.finish();
        if (!result.left().isEmpty()) {
            Map<String, String> left = new TreeMap<>();
            result.left().forEach((target, from) -> left.put(target.toString(), from.toString()));
            book.write(last().orElse(now).leaving(left));
        }
        return Optional.of(result);
    }

    /**
     * The hub is about to start, with nobody at work yet.
     *
     * @throws IOException if what was brought back has been started too often
     */
    public void starts() throws IOException {
        RestoreReport report = last().filter(each -> !each.isOver()).orElse(null);
        if (report == null) {
            clear();
        } else if (report.state() == State.ORDERED || report.state() == State.BEGUN) {
            notBegun(report, "The hub was ended before it began. Nothing was changed");
        } else if (report.state() == State.STARTING) {
            if (report.starts() >= MOST_STARTS) {
                throw new IOException("it was ended " + MOST_STARTS + " times while it started");
            }
            book.write(report.startedAgain());
        }
    }

    /** What somebody has prepared and never ordered goes; what could not be written stays for its owner. */
    private void clear() throws IOException {
        if (last().map(RestoreReport::left).orElse(Map.of()).isEmpty()) {
            restore.giveUp();
        }
    }

    /**
     * It did not start: what was there before is brought back. Nobody may be at work in the data folder.
     *
     * @throws IOException if that cannot be done
     */
    public void undo(String why) throws IOException {
        RestoreReport report = last().orElseThrow();
        LOG.warn("restore=undone backup={} reason=\"{}\"", report.backup(), why);
        if (restore.isBegun()) {
            restore.finish();
        }
        book.write(report.because(why).to(State.UNDOING));
        finishBegun();
    }

    /** The hub runs: what was ordered has come to its end. Answers how it ended, if something has. */
    public Optional<RestoreReport> started() throws IOException {
        Optional<RestoreReport> report = last().filter(each -> !each.isOver());
        if (report.isEmpty()) {
            return Optional.empty();
        }
        RestoreReport now = report.get();
        return Optional.of(end(now.to(now.state() == State.RETURNING ? State.UNDONE : State.DONE)));
    }

    /** Neither what was brought back nor what was there before starts. */
    public void failed(String why) throws IOException {
        Optional<RestoreReport> report = last().filter(each -> !each.isOver());
        if (report.isPresent()) {
            end(report.get().because(report.get().why() + " Then: " + why).to(State.FAILED));
        }
    }

    private RestoreReport end(RestoreReport report) throws IOException {
        RestoreReport ended = report.ended(clock.instant());
        book.write(ended);
        // The one on the shelf stays; the one that needs no key does not.
        if (unsealed.isPresent() && ended.state() != State.FAILED) {
            Disk.delete(unsealed.get().shelf().folder());
        }
        return ended;
    }

    private boolean is(State state) {
        return last().filter(report -> report.state() == state).isPresent();
    }
}
