package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan rollout resume}. */
@Command(name = "resume", description = "Let a paused rollout go on. What failed before does not pause it again.")
final class RolloutResume extends RolloutChange {
    RolloutResume(Surroundings here) {
        super(here, "resume");
    }
}
