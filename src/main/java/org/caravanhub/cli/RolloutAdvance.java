package org.caravanhub.cli;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan rollout advance}. */
@Command(
        name = "advance",
        description = {
            "Begin the next ring of a rollout, whatever this one came to; or with --to take in more of this one.",
            "Example: caravan rollout advance spring --to 50"
        })
final class RolloutAdvance extends RolloutChange {
    @Option(names = "--to", paramLabel = "PERCENT", description = "So many percent of this ring; never fewer than now.")
    private @Nullable Integer percent;

    RolloutAdvance(Surroundings here) {
        super(here, "advance");
    }

    @Override
    String type() {
        return "application/json";
    }

    @Override
    byte[] body() {
        return (percent == null ? "{}" : "{\"percentage\":" + percent + "}").getBytes(StandardCharsets.UTF_8);
    }
}
