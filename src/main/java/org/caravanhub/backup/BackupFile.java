package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup that lies in a folder, by its name: when and what for it was made, and whether it needs the recovery key.
 *
 * @param path where it is
 * @param madeAt when, to the second
 * @param label a word: what for
 * @param isSealed whether it is encrypted
 * @param bytes how long it is
 */
public record BackupFile(Path path, Instant madeAt, String label, boolean isSealed, long bytes) {
    /** What it ends with while it is not known to be whole. */
    static final String PART = ".part";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("caravan-(\\d{8}T\\d{6}Z)-([a-z0-9][a-z0-9-]{0,39})\\.tar\\.gz(\\.age)?");
    private static final Pattern LEFTOVER =
            Pattern.compile("caravan-\\d{8}T\\d{6}Z-[a-z0-9-]{1,40}\\.tar\\.gz(\\.age)?(\\.sha256)?\\.part");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** The name of one that is made now. */
    static String name(Instant now, String label, boolean isSealed) {
        return "caravan-" + TIME.format(now) + "-" + label + ".tar.gz" + (isSealed ? Sealing.SUFFIX : "");
    }

    /** Whether this can be what one is made for. */
    public static boolean isLabel(String label) {
        return LABEL.matcher(label).matches();
    }

    /** Whether a backup can be called so: a name of a file, and no path. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The backup, if the file is called like one. */
    static Optional<BackupFile> of(Path path) {
        try {
            // A link leads elsewhere.
            return isName(path.getFileName().toString()) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? called(path, Files.size(path))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same of one whose length is known, wherever it is. */
    static Optional<BackupFile> called(Path path, long bytes) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            Instant madeAt = TIME.parse(name.group(1), Instant::from);
            return Optional.of(new BackupFile(path, madeAt, name.group(2), name.group(3) != null, bytes));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether it is what a kill has left of one. */
    static boolean isLeftover(String name) {
        return LEFTOVER.matcher(name).matches();
    }

    /** Whether it goes by this name, with or without its ending. */
    public boolean isCalled(String name) {
        return name().equals(name)
                || name().equals(name + ".tar.gz")
                || name().equals(name + ".tar.gz" + Sealing.SUFFIX);
    }

    /** The digest of its every byte; reckoned, if it does not lie beside it. */
    public String sha256() throws IOException {
        return Checksum.known(path).isPresent() ? Checksum.known(path).orElseThrow() : Checksum.of(path);
    }

    /** How it is spoken of. */
    public String name() {
        return path.getFileName().toString();
    }
}
