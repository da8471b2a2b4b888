package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** The group {@code caravan power}, which does nothing itself. */
@Command(name = "power", description = "Power stations: how they are, what flowed, and why one is not known.")
final class PowerCommand {}
