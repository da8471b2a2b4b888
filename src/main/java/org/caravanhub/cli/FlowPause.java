package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan flow pause}. */
@Command(
        name = "pause",
        description = {
            "Stop a flow until it is resumed; it stays so over restarts and edits.",
            "The brokers keep its messages meanwhile, but for those of QoS 0."
        })
final class FlowPause extends FlowSwitch {
    FlowPause(Surroundings here) {
        super(here, "pause");
    }

    @Override
    void tell(String name, Surroundings where, ClientOptions options) {
        where.out().println(name + " is paused; brokers keep its messages, but for those of QoS 0.");
        options.hint(where, options.command("flow resume " + name));
    }
}
