package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan device disable}. */
@Command(name = "disable", description = "Take nothing of a device any more, until it is enabled.")
final class DeviceDisable extends DeviceSwitch {
    DeviceDisable(Surroundings here) {
        super(here, "disable", " is disabled. Nothing that it says is kept.");
    }
}
