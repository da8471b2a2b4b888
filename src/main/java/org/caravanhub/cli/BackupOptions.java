package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.SecondPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which backup of a hub is meant: one of its own, of its second place, or a file anywhere. */
final class BackupOptions extends HubFolders {
    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "Which place to look in: first, the hub's own folder, or second.")
    private BackupPlace place = BackupPlace.FIRST;

    /** Those of the place, the newest first. */
    List<BackupFile> all(Surroundings here) throws IOException {
        if (place == BackupPlace.FIRST) {
            return wiring(here).shelf().all();
        }
        try {
            return second(here).all();
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "the second place cannot be looked at: " + e.getMessage(), "");
        }
    }

    /** Where it looks, for a person. */
    String where(Surroundings here) {
        return place == BackupPlace.FIRST
                ? wiring(here).shelf().folder().toString()
                : second(here).where();
    }

    /** A backup by its name, or a file anywhere. */
    Path find(Surroundings here, String named) throws IOException {
        Optional<BackupFile> there =
                all(here).stream().filter(file -> file.isCalled(named)).findFirst();
        if (there.isPresent()) {
            return fetched(here, there.get());
        }
        Path file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no backup " + named, command("backup list"));
        }
        return file;
    }

    /** The same; the newest if none is named. */
    Path findOrNewest(Surroundings here, @Nullable String named) throws IOException {
        if (named != null) {
            return find(here, named);
        }
        List<BackupFile> all = all(here);
        if (all.isEmpty()) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no backup in " + where(here), command("backup now"));
        }
        return fetched(here, all.get(0));
    }

    /** What had to be fetched goes when the command ends. */
    private Path fetched(Surroundings here, BackupFile backup) throws IOException {
        if (place == BackupPlace.FIRST) {
            return backup.path();
        }
        Path room = wiring(here).room().resolveSibling("backup-fetched");
        Path file;
        try {
            file = second(here).fetch(backup, room);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, backup.name() + " cannot be fetched: " + e.getMessage(), command("backup list"));
        }
        if (file.startsWith(room)) {
            room.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            Path.of(file + ".sha256").toFile().deleteOnExit();
        }
        return file;
    }

    private SecondPlace second(Surroundings here) {
        return wiring(here)
                .second()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND, "there is no second place: caravan.backup.second is not set", ""));
    }
}
