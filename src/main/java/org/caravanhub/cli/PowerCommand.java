package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan power}, a group of commands that does nothing itself. */
@Command(name = "power", description = "Power stations: how they are, and what flowed.")
final class PowerCommand {}
