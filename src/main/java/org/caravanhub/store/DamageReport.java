package org.caravanhub.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a database that was damaged, or that somebody took away.
 *
 * @param file where it is kept now
 * @param foundAt when it was found to be damaged
 * @param reason what was wrong with it
 * @param isFinished whether everything that could be read of it is back
 * @param rowsBack readings that were brought back from it
 * @param rowsFromBackup readings that it had lost, and that were brought back from the newest backup
 * @param rowsLost readings that are gone, at most
 * @param lost what is gone, each in words for a person
 */
public record DamageReport(
        Path file,
        Instant foundAt,
        String reason,
        boolean isFinished,
        long rowsBack,
        long rowsFromBackup,
        long rowsLost,
        List<String> lost) {

    static DamageReport begun(Path file, Instant foundAt, String reason) {
        return new DamageReport(file, foundAt, reason, false, 0, 0, 0, List.of());
    }

    DamageReport finished(long back, long fromBackup, long gone, List<String> what) {
        return new DamageReport(file, foundAt, reason, true, back, fromBackup, gone, what);
    }

    /** Not 0, and another for each file: says in a database that this one's counts are in. */
    int mark() {
        return (int) foundAt.getEpochSecond() | 1 << 30;
    }

    /** As it is written beside the file: a word, a colon and what it is on each line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "found: " + foundAt,
                "reason: " + reason.replace('\n', ' '),
                "finished: " + isFinished,
                "readings-back: " + rowsBack,
                "readings-from-backup: " + rowsFromBackup,
                "readings-lost-at-most: " + rowsLost));
        lost.forEach(span -> lines.add("lost: " + span));
        return lines;
    }

    /** Reads them again; what is missing or illegible counts as not known. */
    static DamageReport of(Path file, Instant foundAt, List<String> lines) {
        return new DamageReport(
                file,
                foundAt,
                word(lines, "reason").findFirst().orElse("not known"),
                word(lines, "finished").anyMatch("true"::equals),
                number(lines, "readings-back"),
                number(lines, "readings-from-backup"),
                number(lines, "readings-lost-at-most"),
                word(lines, "lost").toList());
    }

    private static long number(List<String> lines, String word) {
        return word(lines, word)
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static Stream<String> word(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + ": "))
                .map(line -> line.substring(word.length() + 2));
    }
}
