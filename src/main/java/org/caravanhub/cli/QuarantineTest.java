package org.caravanhub.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine test}. */
@Command(
        name = "test",
        description = {
            "Try messages in quarantine on the flows as they are now; nothing comes of it.",
            "Example: caravan message quarantine test --flow paku-data"
        })
final class QuarantineTest implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Mending mending = new Mending();

    @Option(
            names = "--into",
            paramLabel = "FLOW",
            description = "Try them on this flow, instead of the one that set each of them aside.")
    private @Nullable String into;

    QuarantineTest(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        return run(mending, into, here);
    }

    static int run(Mending mending, @Nullable String into, Surroundings here) {
        mending.run("Testing", "/api/v1/quarantine:test", into == null ? Map.of() : Map.of("into", into), here);
        if (mending.client.json) {
            mending.printJson(here);
        } else {
            here.out().println(mending.count("passed") + " of " + mending.count("tried") + " would pass.");
            mending.printReasons(here);
        }
        return mending.exitCode();
    }
}
