package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.FolderPlace;
import org.caravanhub.backup.Shelf;
import org.caravanhub.backup.Stick;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan backup export}. */
@Command(
        name = "export",
        description = {
            "Copy a backup to a stick, or anywhere else, and read it there.",
            "Without --to it looks for a stick that is mounted, and asks."
        })
final class BackupExport implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private HubFolders options = new HubFolders();

    @Option(names = "--to", paramLabel = "DIR", description = "The folder that it is copied to.")
    @Nullable
    private Path to;

    @Option(names = "--yes", description = "Do not ask, if there is one stick.")
    private boolean yes;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Parameters(paramLabel = "BACKUP", arity = "0..1", description = "Its name; the newest if there is none.")
    @Nullable
    private String named;

    BackupExport(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        BackupFile backup = backup();
        Path folder = to == null ? stick(backup) : to;
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            String copy = FolderPlace.named(folder).copy(backup, progress);
            progress.close();
            here.out().println(copy);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "nothing was copied: " + e.getMessage(), "");
        }
        here.err()
                .println(
                        "Copied " + BackupProgress.size(backup.bytes()) + " and its digest, and read back from there.");
        if (Files.getFileStore(folder).equals(Files.getFileStore(backup.path()))) {
            here.err().println("That is the disk that it was on already: if it dies, both are lost.");
        }
        return ExitCode.OK;
    }

    private BackupFile backup() throws IOException {
        Shelf shelf = options.wiring(here).shelf();
        return (named == null ? shelf.newest() : shelf.find(named))
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND,
                        named == null ? "there is no backup in " + shelf.folder() : "there is no backup " + named,
                        options.command(named == null ? "backup now" : "backup list")));
    }

    private Path stick(BackupFile backup) throws IOException {
        List<Stick> sticks = Stick.mounted();
        if (sticks.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "no stick is mounted below /media, /mnt or /run/media",
                    "mount one, or name a folder: " + options.command("backup export --to DIR"));
        }
        sticks.forEach(stick -> here.err()
                .println(stick.folder() + "  " + stick.device() + " " + stick.fileSystem() + ", "
                        + BackupProgress.size(stick.freeBytes()) + " free"));
        Path first = sticks.get(0).folder();
        if (sticks.size() > 1) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "there are " + sticks.size() + " sticks",
                    options.command("backup export --to " + first));
        }
        if (!yes && !YesOrNo.ask(here, "Copy " + backup.name() + " there?")) {
            throw new CommandFailed(ExitCode.FAILED, "nothing was copied", "");
        }
        return first;
    }
}
