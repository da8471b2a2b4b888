package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BrokenBackup;
import org.caravanhub.backup.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan backup verify}. */
@Command(name = "verify", description = "Read a backup from its first byte to its last, and open the database in it.")
final class BackupVerify implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private BackupOptions options = new BackupOptions();

    @Mixin
    private HubElsewhere elsewhere = new HubElsewhere();

    @Mixin
    private RecoveryKey key = new RecoveryKey();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Parameters(paramLabel = "BACKUP", arity = "0..1", description = "Its name or file; the newest if there is none.")
    @Nullable
    private String named;

    BackupVerify(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Optional<HubClient> other = elsewhere.client(here);
        if (other.isPresent()) {
            return new BackupsElsewhere(here, other.get()).verify(named, key, quiet);
        }
        BackupWiring wiring = options.wiring(here);
        Path file = options.findOrNewest(here, named);
        Optional<String> recovery = key.of(file);
        Manifest manifest;
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            manifest = wiring.verification().check(file, recovery, wiring.room(), progress);
            wiring.found(file, "");
        } catch (IOException e) {
            if (e instanceof BrokenBackup && recovery.isEmpty()) {
                wiring.found(file, String.valueOf(e.getMessage()));
            }
            throw new CommandFailed(
                    ExitCode.INVALID,
                    file.getFileName() + " is not to be relied on: " + e.getMessage(),
                    options.command("backup list"));
        }
        here.out()
                .println(file.getFileName() + " is whole: " + manifest.files().size() + " files, "
                        + BackupProgress.size(manifest.bytes()) + ", "
                        + manifest.database().rows().getOrDefault("reading", 0L) + " readings, made at "
                        + manifest.madeAt()
                        + " on " + manifest.host() + " by Caravan " + manifest.program() + ".");
        return ExitCode.OK;
    }
}
