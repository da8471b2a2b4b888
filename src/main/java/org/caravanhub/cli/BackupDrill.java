package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BrokenBackup;
import org.caravanhub.backup.Drill;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan backup drill}. */
@Command(
        name = "drill",
        description = {
            "Bring a backup back in a place of its own, as on a new machine, and look whether all is there.",
            "The hub is not disturbed, and health tells what came of it."
        })
final class BackupDrill implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private BackupOptions options = new BackupOptions();

    @Mixin
    private RecoveryKey key = new RecoveryKey();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Parameters(paramLabel = "BACKUP", arity = "0..1", description = "Its name or file; the newest if there is none.")
    @Nullable
    private String named;

    BackupDrill(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        BackupWiring wiring = options.wiring(here);
        Path file = options.findOrNewest(here, named);
        Optional<String> recovery = key.of(file);
        Drill.Result result;
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            result = wiring.drill().run(file, recovery, progress);
        } catch (BrokenBackup e) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    file.getFileName() + " was not tried: " + e.getMessage(),
                    "is it the key of this backup? A new one opens only what was made since");
        }
        if (!result.isWell()) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    result.backup() + " could not be brought back: " + result.trouble(),
                    options.command("backup now"));
        }
        here.out()
                .println(result.backup() + " comes back: " + result.files() + " files, " + result.readings()
                        + " readings.");
        return ExitCode.OK;
    }
}
