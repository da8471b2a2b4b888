package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan alert resolve}. */
@Command(
        name = "resolve",
        description = {
            "Say that an alert is over. If it comes back, it is a new one.",
            "Alerts of values and devices are over by themselves when all is well again."
        })
final class AlertResolve extends AlertChange {
    AlertResolve(Surroundings here) {
        super(here, "resolve", "Over is ");
    }
}
