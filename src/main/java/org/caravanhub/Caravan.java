package org.caravanhub;

import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.settings.Settings;

/** Starts the hub and waits for its end. */
public final class Caravan {
    private Caravan() {}

    /**
     * Runs until SIGTERM or Ctrl-C.
     *
     * @return the exit code of the process, see {@link org.caravanhub.cli.ExitCode}
     */
    public static int run(Settings settings, EmulatedDevices devices) {
        throw new UnsupportedOperationException("not wired yet: " + settings + devices);
    }
}
