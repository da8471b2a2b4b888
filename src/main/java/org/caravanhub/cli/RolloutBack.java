package org.caravanhub.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan rollout rollback}. */
@Command(
        name = "rollback",
        description = {
            "Give the devices of a rollout the last good release back, by a rollout of its own.",
            "Example: caravan rollout rollback spring --yes"
        })
final class RolloutBack extends RolloutChange {
    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    RolloutBack(Surroundings here) {
        super(here, "rollback");
    }

    @Override
    boolean isConfirmed(String id) throws IOException {
        here.err().println("Its devices that have the new release get the last good one back.");
        return yes || YesOrNo.ask(here, "Do it?");
    }
}
