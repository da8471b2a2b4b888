package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan flow resume}. */
@Command(name = "resume", description = "Let a paused flow run again; what brokers kept for it comes first.")
final class FlowResume extends FlowSwitch {
    FlowResume(Surroundings here) {
        super(here, "resume");
    }

    @Override
    void tell(String name, Surroundings where, ClientOptions options) {
        where.out().println(name + " runs.");
    }
}
