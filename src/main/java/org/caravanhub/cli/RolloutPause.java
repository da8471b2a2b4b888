package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan rollout pause}. */
@Command(name = "pause", description = "Offer a rollout to nobody for now. Devices that are at it come to their end.")
final class RolloutPause extends RolloutChange {
    RolloutPause(Surroundings here) {
        super(here, "pause");
    }
}
