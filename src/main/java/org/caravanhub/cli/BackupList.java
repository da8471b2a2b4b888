package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.backup.BackupFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan backup list}. */
@Command(name = "list", description = "Show the backups that are there, the newest first.")
final class BackupList implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private BackupOptions options = new BackupOptions();

    @Mixin
    private HubElsewhere elsewhere = new HubElsewhere();

    @Option(names = "--json", description = "Answer with them as JSON.")
    private boolean json;

    BackupList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Optional<HubClient> other = elsewhere.client(here);
        if (other.isPresent()) {
            return new BackupsElsewhere(here, other.get()).list(json);
        }
        List<BackupFile> all = options.all(here);
        if (json) {
            here.out()
                    .println(Json.written(
                            Map.of("items", all.stream().map(BackupText::json).toList())));
            return ExitCode.OK;
        }
        Table table = new Table()
                .left("backup")
                .left("made")
                .right("size")
                .left("encrypted")
                .left("verified");
        Instant now = here.clock().instant();
        for (BackupFile backup : all) {
            table.row(List.of(
                    Table.Cell.of(backup.name()),
                    Ago.cell(backup.madeAt().toString(), now),
                    new Table.Cell(Long.toString(backup.bytes()), BackupProgress.size(backup.bytes())),
                    Table.Cell.of(backup.isSealed() ? "yes" : "no"),
                    BackupText.verified(options.wiring(here).checked().of(backup), now)));
        }
        if (table.isEmpty()) {
            Path data = options.settings(here).data();
            if (Files.notExists(data)) {
                throw new CommandFailed(
                        ExitCode.NOT_FOUND,
                        "there is no backup in " + options.where(here) + ", and no data folder " + data,
                        "say where it is: --data DIR");
            }
            here.err().println("There is no backup in " + options.where(here) + ".");
            here.err().println("  → " + options.command("backup now"));
            return ExitCode.OK;
        }
        table.print(here, new Style(false, here.unicode()));
        return ExitCode.OK;
    }
}
