package org.caravanhub.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code caravan test}, which the launcher of a checkout answers; here only for help and completion. */
@Command(
        name = "test",
        description = {
            "Run all tests; in a checkout only, where ./caravan takes care of it.",
            "./caravan test [--endurance] [Maven's options]"
        })
final class TestCommand implements Callable<Integer> {
    private final Surroundings here;

    TestCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        here.err().println("caravan: tests are part of the sources, and this is a package");
        here.err().println("  → in a checkout: ./caravan test");
        return ExitCode.USAGE;
    }
}
