package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan alert ack}. */
@Command(
        name = "ack",
        description = {
            "Say that you know of an alert: it is not told again until it gets worse.",
            "What only happens, such as a door that opens, is told when it happens anew."
        })
final class AlertAck extends AlertChange {
    AlertAck(Surroundings here) {
        super(here, "acknowledge", "You know of ");
    }
}
