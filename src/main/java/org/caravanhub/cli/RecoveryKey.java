package org.caravanhub.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.caravanhub.backup.Sealing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the recovery key of encrypted backups comes from: a file, or somebody who types it. Never an option, which others could read. */
final class RecoveryKey {
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file with the recovery key of encrypted backups; otherwise it is asked for.")
    @Nullable
    Path file;

    /** The key, if this backup needs one. */
    Optional<String> of(Path backup) throws IOException {
        if (!backup.getFileName().toString().endsWith(Sealing.SUFFIX)) {
            return Optional.empty();
        }
        if (file != null) {
            return lines(file).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(Sealing.KEY_PREFIX))
                    .findFirst()
                    .or(() -> {
                        throw new CommandFailed(ExitCode.INVALID, "there is no recovery key in " + file, "");
                    });
        }
        Console console = System.console();
        if (console == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "the backup is encrypted, and nobody can be asked for its key",
                    "add --key-file FILE");
        }
        char[] typed = console.readPassword("Recovery key (%s...): ", Sealing.KEY_PREFIX);
        return Optional.ofNullable(typed).map(String::new).map(String::strip);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailed(
                    Files.notExists(file) ? ExitCode.NOT_FOUND : ExitCode.INVALID,
                    "the file with the recovery key cannot be read: " + file,
                    "a text file with the line that begins with " + Sealing.KEY_PREFIX);
        }
    }
}
