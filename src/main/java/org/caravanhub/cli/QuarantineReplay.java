package org.caravanhub.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine replay}. */
@Command(
        name = "replay",
        description = {
            "Give messages in quarantine to their flows again, as these are now, with the time at which they came.",
            "What a flow makes of a message takes its place; what fails again stays. Asked again, nothing more happens.",
            "Example: caravan message quarantine replay --flow paku-data --cause bad_time"
        })
final class QuarantineReplay implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Mending mending = new Mending();

    @Option(
            names = "--into",
            paramLabel = "FLOW",
            description = "Give them to this flow, instead of the one that set each of them aside.")
    private @Nullable String into;

    @Option(names = "--dry-run", description = "Only try them, as caravan message quarantine test does.")
    private boolean dryRun;

    QuarantineReplay(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        if (dryRun) {
            return QuarantineTest.run(mending, into, here);
        }
        mending.run("Replaying", "/api/v1/quarantine:replay", into == null ? Map.of() : Map.of("into", into), here);
        if (mending.client.json) {
            mending.printJson(here);
            return mending.exitCode();
        }
        here.out()
                .println(mending.count("passed") + " of " + mending.count("tried") + " replayed: "
                        + mending.count("stored") + " stored, " + mending.count("duplicate") + " there already."
                        + (mending.count("gone") == 0
                                ? ""
                                : " " + mending.count("gone") + " had been replayed or discarded meanwhile."));
        mending.printReasons(here);
        return mending.exitCode();
    }
}
