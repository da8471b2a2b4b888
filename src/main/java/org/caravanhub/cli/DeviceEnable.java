package org.caravanhub.cli;

import picocli.CommandLine.Command;

/** {@code caravan device enable}. */
@Command(name = "enable", description = "Take again what a disabled device says.")
final class DeviceEnable extends DeviceSwitch {
    DeviceEnable(Surroundings here) {
        super(here, "enable", " is enabled.");
    }
}
