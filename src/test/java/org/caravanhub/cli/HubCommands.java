package org.caravanhub.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line, for a hub that runs. */
final class HubCommands {
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    /** Whether a person reads what is shown. */
    boolean terminal;

    private final Path home;
    private String err = "";

    /** @param folder where {@code admin.token} is */
    HubCommands(Path folder, int port) {
        this.home = folder;
        environment.put("CARAVAN_URL", "http://127.0.0.1:" + port);
        environment.put("CARAVAN_TOKEN_FILE", folder.resolve("admin.token").toString());
    }

    /** Runs a command, and returns its exit code. */
    int run(String... arguments) {
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        outBytes.reset();
        Surroundings here = new Surroundings(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                environment,
                home,
                terminal,
                false,
                100,
                Clock.systemUTC());
        int code = Commands.all(here).execute(arguments);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    String err() {
        return err;
    }
}
