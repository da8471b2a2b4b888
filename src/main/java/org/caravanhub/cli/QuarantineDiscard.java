package org.caravanhub.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine discard}. */
@Command(
        name = "discard",
        description = {
            "Let messages in quarantine go, for ever. That they came stays counted.",
            "Without --yes it only says how many that would be.",
            "Example: caravan message quarantine discard --cause unknown_topic --yes"
        })
final class QuarantineDiscard implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Mending mending = new Mending();

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    QuarantineDiscard(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        boolean isDry = dryRun || !yes;
        mending.run("Discarding", "/api/v1/quarantine:discard", Map.of("dry_run", Boolean.toString(isDry)), here);
        if (mending.client.json) {
            mending.printJson(here);
        } else if (isDry) {
            here.out().println(mending.selected() + " would be discarded, for ever.");
        } else {
            here.out().println(mending.count("passed") + " discarded.");
        }
        if (isDry && !dryRun) {
            here.err().println("  → add --yes to do it");
            return ExitCode.USAGE;
        }
        return ExitCode.OK;
    }
}
