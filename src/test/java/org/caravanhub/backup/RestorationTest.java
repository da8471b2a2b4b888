package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.backup.RestoreReport.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore of a running hub is killed wherever it may be, and the next start has what was there or what was brought back: never half. */
class RestorationTest {
    /** Ends the process, as far as the test can see. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path folder;

    private BackedUp hub;
    private BackupFile backup;
    private SortedMap<String, String> then;
    private SortedMap<String, String> now = new TreeMap<>();

    @BeforeEach
    void fill() throws Exception {
        hub = new BackedUp(folder);
        hub.addRows(3);
        backup = hub.backups().make("manual", BackupListener.NONE);
        then = everything();
    }

    private void change() throws Exception {
        hub.addRows(40);
        BackedUp.write(hub.data.resolve("firmware/cd34"), "a newer image");
        BackedUp.write(hub.routes.resolve("reading/van.camel.yaml"), "- route:\n    id: edited\n");
        BackedUp.write(hub.config, "caravan.http.port = 9999\n");
        now = everything();
    }

    private Restore restore(DatabaseCopies copies) {
        return new Restore(new Sources(hub.data, hub.routes, List.of(hub.config)), copies);
    }

    private Restoration restoration(int killedAt) {
        Steps steps = new Steps(killedAt);
        DatabaseCopies copies = new KilledCopies(hub.copies(), steps);
        return new Restoration(
                restore(copies),
                new Backups(
                        new Backups.Settings(
                                hub.shelf(),
                                new Sources(hub.data, hub.routes, List.of(hub.config)),
                                Optional.empty(),
                                "hut",
                                "0.1.0"),
                        copies,
                        Clock.fixed(BackedUp.NOON.plusSeconds(60), ZoneOffset.UTC)),
                Optional.empty(),
                new KilledBook(hub.data.resolve("health/restore.json"), steps),
                Clock.fixed(BackedUp.NOON.plusSeconds(60), ZoneOffset.UTC));
    }

    private void order(Restoration restoration) throws IOException {
        Restore restore = restore(hub.copies());
        Manifest prepared = restore.prepare(backup.path(), Optional.empty(), BackupListener.NONE);
        restoration.order("job-1", "admin", backup.name(), prepared, restore.difference(prepared));
    }

    /** What the next process does. */
    private RestoreReport start() throws IOException {
        Restoration next = restoration(Integer.MAX_VALUE);
        next.finishBegun();
        next.starts();
        next.started();
        return next.last().orElseThrow();
    }

    @Test
    void aKillAnywhereLeavesTheOldOrTheNew() throws Exception {
        Map<State, Integer> ends = new TreeMap<>();
        boolean wasKilled = true;
        for (int step = 0; wasKilled; step++) {
            resetTo(then);
            change();
            order(restoration(Integer.MAX_VALUE));
            try {
                restoration(step).carryOut(BackupListener.NONE);
                wasKilled = false;
            } catch (Killed dead) {
                // Its next start is below.
            }

            RestoreReport report = start();

            boolean isDone = report.state() == State.DONE;
            assertThat(report.state()).as("killed at step %d", step).isIn(State.DONE, State.NOT_BEGUN);
            assertThat(everything()).as("killed at step %d", step).isEqualTo(isDone ? then : now);
            assertThat(hub.copies().rowsNow()).containsEntry("note", isDone ? 3L : 43L);
            assertThat(hub.data.resolve("restore"))
                    .as("killed at step %d", step)
                    .doesNotExist();
            ends.merge(report.state(), 1, Integer::sum);
        }
        assertThat(ends).containsKeys(State.DONE, State.NOT_BEGUN);
    }

    @Test
    void aKillWhileItIsUndoneIsUndoneByTheNextStart() throws Exception {
        boolean wasKilled = true;
        for (int step = 0; wasKilled; step++) {
            resetTo(then);
            change();
            Restoration restoration = restoration(Integer.MAX_VALUE);
            order(restoration);
            restoration.carryOut(BackupListener.NONE);
            restoration.starts();
            try {
                restoration(step).undo("no hub runs with it");
                wasKilled = false;
            } catch (Killed dead) {
                // Its next start is below.
            }

            Restoration next = restoration(Integer.MAX_VALUE);
            next.finishBegun();
            next.starts();
            if (next.isOnTrial()) {
                next.undo("no hub runs with it");
            }
            next.started();

            RestoreReport report = next.last().orElseThrow();
            assertThat(report.state()).as("killed at step %d", step).isEqualTo(State.UNDONE);
            assertThat(report.why()).isEqualTo("no hub runs with it");
            assertThat(everything()).as("killed at step %d", step).isEqualTo(now);
            assertThat(hub.copies().rowsNow()).containsEntry("note", 43L);
        }
    }

    /** A watchdog that kills each start is told from a power cut by its patience. */
    @Test
    void whatIsKilledThreeTimesWhileItStartsIsUndone() throws Exception {
        change();
        Restoration restoration = restoration(Integer.MAX_VALUE);
        order(restoration);
        restoration.carryOut(BackupListener.NONE);
        for (int start = 0; start < 3; start++) {
            restoration.starts();
        }

        assertThat(org.junit.jupiter.api.Assertions.assertThrows(IOException.class, restoration::starts))
                .hasMessageContaining("3 times");
        assertThat(restoration.isOnTrial()).isTrue();
    }

    @Test
    void whatCannotBeSavedIsNotReplaced() throws Exception {
        change();
        Restoration restoration = restoration(Integer.MAX_VALUE);
        order(restoration);
        Path shelf = hub.shelf().folder();
        Path away = Files.move(shelf, shelf.resolveSibling("away"));
        Files.writeString(shelf, "a file where the folder should be");

        restoration.carryOut(BackupListener.NONE);

        assertThat(restoration.last().orElseThrow().state()).isEqualTo(State.NOT_BEGUN);
        assertThat(restoration.last().orElseThrow().why()).contains("could not be saved", "Nothing was changed");
        Files.delete(shelf);
        Files.move(away, shelf);
        assertThat(everything()).isEqualTo(now);
        assertThat(hub.data.resolve("restore")).doesNotExist();
    }

    private void resetTo(SortedMap<String, String> wanted) throws Exception {
        if (!everything().equals(wanted)) {
            Restore restore = restore(hub.copies());
            restore.begin(restore.prepare(backup.path(), Optional.empty(), BackupListener.NONE));
            restore.finish();
        }
        for (BackupFile file : hub.shelf().all()) {
            if (!file.equals(backup)) {
                hub.shelf().remove(file);
            }
        }
        assertThat(everything()).isEqualTo(wanted);
    }

    private SortedMap<String, String> everything() throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        for (Map.Entry<String, Path> each :
                new Sources(hub.data, hub.routes, List.of(hub.config)).files().entrySet()) {
            all.put(each.getKey(), Files.readString(each.getValue()));
        }
        return all;
    }

    /** Counts the moments at which a kill makes a difference. */
    private static final class Steps {
        private int left;

        Steps(int killedAt) {
            left = killedAt;
        }

        void next() {
            if (left-- == 0) {
                throw new Killed();
            }
        }
    }

    /** Is killed before and after a note is on the disk. */
    private static final class KilledBook extends RestoreBook {
        private final Steps steps;

        KilledBook(Path file, Steps steps) {
            super(file);
            this.steps = steps;
        }

        @Override
        void write(RestoreReport report) throws IOException {
            steps.next();
            super.write(report);
            steps.next();
        }
    }

    /** Is killed before and after what is done to the database. */
    private record KilledCopies(DatabaseCopies copies, Steps steps) implements DatabaseCopies {
        @Override
        public String kind() {
            return copies.kind();
        }

        @Override
        public String fileName() {
            return copies.fileName();
        }

        @Override
        public Facts copyTo(Path folder) throws IOException {
            steps.next();
            Facts facts = copies.copyTo(folder);
            steps.next();
            return facts;
        }

        @Override
        public Facts check(Path folder) throws IOException {
            steps.next();
            return copies.check(folder);
        }

        @Override
        public SortedMap<String, Long> rowsNow() throws IOException {
            return copies.rowsNow();
        }

        @Override
        public void replace(Path folder) throws IOException {
            steps.next();
            copies.replace(folder);
            steps.next();
        }

        @Override
        public int newestSchema() {
            return copies.newestSchema();
        }
    }
}
