package org.caravanhub.cli;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.SecondPlace;
import org.caravanhub.backup.Shelf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan backup now}. */
@Command(
        name = "now",
        description = {
            "Save everything that makes the hub itself: database, configuration, flows, firmware, credentials, certificates.",
            "With a hub at work or without; it is opened and checked before it counts."
        })
final class BackupNow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private BackupOptions options = new BackupOptions();

    @Option(names = "--label", paramLabel = "WORD", description = "A word for its name. Default: ${DEFAULT-VALUE}")
    private String label = "manual";

    @Option(names = {"-q", "--quiet"}, description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--json", description = "Answer with the backup as JSON.")
    private boolean json;

    BackupNow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (!BackupFile.isLabel(label)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "a label is a word of small letters, digits and '-', and not " + label, "");
        }
        BackupWiring wiring = options.wiring(here);
        BackupFile made;
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            made = wiring.backups().make(label, progress);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "no backup was made: " + e.getMessage() + "; those that are there are as they were",
                    options.command("backup list"));
        }
        List<BackupFile> gone =
                wiring.shelf().prune(wiring.retention(), here.clock().instant(), ZoneId.systemDefault());
        if (json) {
            here.out().println(Json.written(BackupText.json(made)));
        } else {
            here.out().println(made.path());
        }
        here.err().println("Saved " + BackupProgress.size(made.bytes()) + ", opened and checked."
                + (gone.isEmpty() ? "" : " " + gone.size() + " old ones went."));
        return copyAway(wiring, made);
    }

    private int copyAway(BackupWiring wiring, BackupFile made) {
        if (wiring.second().isEmpty()) {
            return ExitCode.OK;
        }
        Shelf second = wiring.second().get();
        try {
            SecondPlace.copy(made, second);
            second.prune(wiring.retention(), here.clock().instant(), ZoneId.systemDefault());
            here.err().println("Copied to " + second.folder() + ".");
            return ExitCode.OK;
        } catch (IOException e) {
            here.err().println("It could not be copied to " + second.folder() + ": " + e.getMessage());
            return ExitCode.PARTLY_DONE;
        }
    }
}
