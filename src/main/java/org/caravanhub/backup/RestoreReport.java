package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A restore of a running hub, from the order to how it ended.
 *
 * @param job the job that ordered it
 * @param who who did
 * @param backup the name of what is brought back
 * @param at when it was ordered
 * @param state how far it is
 * @param why what went wrong, if something did
 * @param saved the name of the backup of what was there before; empty if there is none yet
 * @param undo the file by which it can be undone without a key; empty if there is none yet
 * @param starts how often what was brought back was started
 * @param changes how many tables and files are not as they were
 * @param left files that could not be written: where each should be, and where it is
 * @param endedAt when
 */
public record RestoreReport(
        String job,
        String who,
        String backup,
        Instant at,
        State state,
        String why,
        String saved,
        String undo,
        int starts,
        Changes changes,
        Map<String, String> left,
        Optional<Instant> endedAt) {

    /** How far it is. */
    public enum State {
        /** Everything is prepared; the hub stops. */
        ORDERED,
        /** What is there is saved; not a byte of it has changed unless a restore is begun. */
        BEGUN,
        /** It takes its place, or is there, and has not started yet. */
        STARTING,
        /** It did not start; what was there before will be brought back. */
        UNDOING,
        /** What was there before takes its place, or is there, and has not started yet. */
        RETURNING,
        /** The hub runs with it. */
        DONE,
        /** It did not start, and the hub runs with what was there before. */
        UNDONE,
        /** It did not begin; nothing was changed. */
        NOT_BEGUN,
        /** Neither did start. */
        FAILED;

        /** The word of the API. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How many tables have other rows, and how many files are others. */
    public record Changes(int tables, int files) {}

    public RestoreReport {
        left = Map.copyOf(left);
    }

    /** Whether nothing more comes of it. */
    public boolean isOver() {
        return endedAt.isPresent();
    }

    /** Whether what was brought back has yet to show that it starts. */
    public boolean isOnTrial() {
        return state == State.BEGUN || state == State.STARTING;
    }

    /** What puts a file in its place that the hub may not write, with the owner and the rights that the one there has. */
    public static String command(String from, String target) {
        try {
            PosixFileAttributes there = Files.readAttributes(Path.of(target), PosixFileAttributes.class);
            String mode = PosixFilePermissions.toString(there.permissions());
            int number = 0;
            for (int i = 0; i < mode.length(); i++) {
                number = number << 1 | (mode.charAt(i) == '-' ? 0 : 1);
            }
            return "sudo install -o " + there.owner().getName() + " -g "
                    + there.group().getName() + " -m " + Integer.toOctalString(number) + " " + from + " " + target;
        } catch (IOException e) {
            return "sudo install -m 640 " + from + " " + target;
        }
    }

    RestoreReport to(State next) {
        return new RestoreReport(job, who, backup, at, next, why, saved, undo, starts, changes, left, endedAt);
    }

    RestoreReport because(String reason) {
        return new RestoreReport(job, who, backup, at, state, reason, saved, undo, starts, changes, left, endedAt);
    }

    RestoreReport savedAs(String name, String file) {
        return new RestoreReport(job, who, backup, at, state, why, name, file, starts, changes, left, endedAt);
    }

    RestoreReport startedAgain() {
        return new RestoreReport(job, who, backup, at, state, why, saved, undo, starts + 1, changes, left, endedAt);
    }

    RestoreReport leaving(Map<String, String> files) {
        return new RestoreReport(job, who, backup, at, state, why, saved, undo, starts, changes, files, endedAt);
    }

    RestoreReport ended(Instant now) {
        return new RestoreReport(
                job, who, backup, at, state, why, saved, undo, starts, changes, left, Optional.of(now));
    }
}
