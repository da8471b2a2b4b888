package org.caravanhub.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code caravan version}. */
@Command(name = "version", description = "Tell the versions of Caravan, Java and the system.")
final class Version implements Callable<Integer> {
    private final Surroundings here;

    Version(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        here.out().println("caravan " + ofProgram());
        here.out().println("java " + System.getProperty("java.runtime.version"));
        here.out()
                .println("system " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return ExitCode.OK;
    }

    /** The version, from the jar; {@code dev} when run from classes. */
    static String ofProgram() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }
}
