package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.SecondCopies;
import org.jspecify.annotations.Nullable;
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
    private HubFolders options = new HubFolders();

    @Mixin
    private HubElsewhere elsewhere = new HubElsewhere();

    @Option(names = "--label", paramLabel = "WORD", description = "A word for its name. Default: ${DEFAULT-VALUE}")
    private String label = "manual";

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--json", description = "Answer with the backup as JSON.")
    private boolean json;

    BackupNow(Surroundings here) {
        this.here = here;
    }

    @Option(
            names = "--if-older",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Do nothing if the newest is younger than that, 26h for example.")
    @Nullable
    private Duration ifOlder;

    @Override
    public Integer call() throws IOException {
        if (!BackupFile.isLabel(label)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "a label is a word of small letters, digits and '-', and not " + label, "");
        }
        Optional<HubClient> other = elsewhere.client(here);
        if (other.isPresent()) {
            return new BackupsElsewhere(here, other.get()).now(label, ifOlder, json, quiet);
        }
        requireFlows(options.settings(here).routes());
        BackupRound round = options.wiring(here).round();
        if (ifOlder != null
                && round.age().filter(age -> age.compareTo(ifOlder) < 0).isPresent()) {
            here.err()
                    .println("The newest backup is " + Ago.span(round.age().orElseThrow()) + " old; no other is made.");
            return ExitCode.OK;
        }
        BackupRound.Result result = make(round);
        if (json) {
            here.out().println(Json.written(BackupText.json(result.made())));
        } else {
            here.out().println(result.made().path());
        }
        here.err()
                .println("Saved " + BackupProgress.size(result.made().bytes()) + ", opened and checked."
                        + (result.gone().isEmpty() ? "" : " " + result.gone().size() + " old ones went."));
        result.second().ifPresent(this::tell);
        return result.noCopy().isEmpty() ? ExitCode.OK : ExitCode.PARTLY_DONE;
    }

    private void tell(SecondCopies.Result second) {
        here.err()
                .println(
                        switch (second.kind()) {
                            case COPIED -> "Copied to " + second.words() + ".";
                            case WAITS ->
                                "The copy to the second place waits: " + second.words() + ". It goes with the next.";
                            case FAILED -> "It could not be copied to the second place: " + second.words();
                        });
    }

    /** Brought back, a backup takes away the flows that it does not have; without those of the API nobody can ask the hub anything. */
    private static void requireFlows(Path routes) {
        if (!Files.isDirectory(routes)) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    "the folder of the flows " + routes
                            + " is not there, and a backup without them would take them away"
                            + " when it is brought back",
                    "name it: --config FILE with caravan.routes. If there are none: mkdir -p " + routes);
        }
    }

    private BackupRound.Result make(BackupRound round) {
        try (BackupProgress progress = new BackupProgress(here, quiet)) {
            return round.make(label, progress);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "no backup was made: " + e.getMessage() + "; those that are there are as they were",
                    options.command("backup list"));
        }
    }
}
