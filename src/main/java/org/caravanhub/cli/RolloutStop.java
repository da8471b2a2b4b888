package org.caravanhub.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan rollout stop}. */
@Command(
        name = "stop",
        description = {
            "End a rollout for good. Devices that have the release keep it; those that wait are never offered it.",
            "Example: caravan rollout stop spring --yes"
        })
final class RolloutStop extends RolloutChange {
    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    RolloutStop(Surroundings here) {
        super(here, "stop");
    }

    @Override
    boolean isConfirmed(String id) throws IOException {
        here.err().println("It ends for good; to let it rest, pause it: " + client.command("rollout pause " + id));
        return yes || YesOrNo.ask(here, "End it?");
    }
}
