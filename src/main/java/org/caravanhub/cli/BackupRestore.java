package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.backup.Difference;
import org.caravanhub.backup.Manifest;
import org.caravanhub.backup.Restore;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.DataInUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan backup restore}. */
@Command(
        name = "restore",
        description = {
            "Bring everything back as it was in a backup. It is checked first, what would change is shown, and what is there now is saved.",
            "A hub that runs does it itself, and starts anew with it. A power cut in the middle does no harm: the next start goes on with it."
        })
final class BackupRestore implements Callable<Integer> {
    private static final int SHOWN = 12;

    private final Surroundings here;

    @Mixin
    private BackupOptions options = new BackupOptions();

    @Mixin
    private HubElsewhere elsewhere = new HubElsewhere();

    @Mixin
    private RecoveryKey key = new RecoveryKey();

    @Option(names = "--dry-run", description = "Check it and show what would change; change nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Parameters(paramLabel = "BACKUP", description = "Its name or file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String named;

    BackupRestore(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubRestore.Wanted wanted = new HubRestore.Wanted(named, dryRun, yes);
        Optional<HubClient> other = elsewhere.client(here);
        if (other.isPresent()) {
            return new HubRestore(here, other::get, quiet).run(wanted, key);
        }
        Path file = options.find(here, named);
        if (DataFolder.holder(options.settings(here).data()).isPresent()) {
            return new HubRestore(here, () -> elsewhere.local(here, options.data, options.config), quiet)
                    .run(new HubRestore.Wanted(file.toString(), dryRun, yes), key);
        }
        return stopped(file);
    }

    private int stopped(Path file) throws IOException {
        BackupWiring wiring = options.wiring(here);
        Optional<String> recovery = key.of(file);
        try (DataFolder taken = DataFolder.take(options.settings(here).data())) {
            Restore restore = wiring.restore();
            if (restore.isBegun()) {
                here.err().println("A restore was begun and not finished; it is finished first.");
                restore.finish();
            }
            return restore(wiring, restore, file, recovery);
        } catch (DataInUse e) {
            throw new CommandFailed(
                    ExitCode.CONFLICT,
                    "another is at work in " + options.settings(here).data() + "; nothing was changed",
                    "try it again in a moment");
        }
    }

    private int restore(BackupWiring wiring, Restore restore, Path file, Optional<String> recovery) throws IOException {
        Manifest manifest;
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            manifest = restore.prepare(file, recovery, progress);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    file.getFileName() + " cannot be restored: " + e.getMessage() + ". Nothing was changed",
                    options.command("backup list"));
        }
        show(manifest, restore.difference(manifest));
        if (dryRun || !(yes || YesOrNo.ask(here, "Bring this back?"))) {
            restore.giveUp();
            return dryRun ? ExitCode.OK : ExitCode.FAILED;
        }
        saveWhatIsThere(wiring);
        restore.begin(manifest);
        Map<Path, Path> left = restore.finish().left();
        left.forEach((target, from) ->
                here.err().println(target + " could not be written; as it was saved it is in " + from));
        here.err().println("Restored as of " + manifest.madeAt() + ".");
        here.err().println("  → " + options.command("up") + ", or: sudo systemctl start caravan");
        return left.isEmpty() ? ExitCode.OK : ExitCode.PARTLY_DONE;
    }

    /** A new machine has nothing, and a damaged database cannot be copied: that must not keep anybody from his backup. */
    private void saveWhatIsThere(BackupWiring wiring) {
        try {
            here.err()
                    .println("What is there now is saved as "
                            + wiring.backups()
                                    .make("before-restore", BackupListener.NONE)
                                    .name() + ".");
        } catch (IOException e) {
            here.err().println("What is there now is not saved: " + e.getMessage() + ".");
        }
    }

    private void show(Manifest manifest, Difference difference) {
        here.err()
                .println("Made at " + manifest.madeAt() + " on " + manifest.host() + " by Caravan " + manifest.program()
                        + ", " + manifest.label() + ".");
        if (difference.rows().isEmpty() && difference.files().isEmpty()) {
            here.err().println("Nothing in it differs from what is there.");
        }
        difference.rows().stream()
                .filter(rows -> !rows.table().startsWith("flyway"))
                .limit(SHOWN)
                .forEach(rows -> here.err()
                        .println(
                                "  " + rows.table() + ": " + count(rows.now()) + " → " + count(rows.then()) + " rows"));
        List<Difference.File> files = difference.files();
        files.stream().limit(SHOWN).forEach(each -> here.err()
                .println("  " + each.kind().name().toLowerCase(Locale.ROOT) + " " + each.path()));
        if (files.size() > SHOWN) {
            here.err().println("  and " + (files.size() - SHOWN) + " files more");
        }
    }

    private static String count(long rows) {
        return rows < 0 ? "no" : String.format(Locale.ROOT, "%,d", rows);
    }
}
