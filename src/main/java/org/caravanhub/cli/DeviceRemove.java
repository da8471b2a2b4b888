package org.caravanhub.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device remove}. */
@Command(
        name = "remove",
        description = {
            "Let a device go: its registration, its credentials, and what was meant for it. What it said stays, unless --with-data is given.",
            "Example: caravan device remove emu01",
            "Example: caravan device remove emu01 --with-data --yes"
        })
final class DeviceRemove implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(names = "--with-data", description = "Delete all that it ever said, too. This cannot be undone.")
    private boolean withData;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    DeviceRemove(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (!yes && !isConfirmed()) {
            return ExitCode.USAGE;
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (withData) {
            query.put("data", "delete");
            query.put("confirm", device);
        }
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .deleteForBytes("/api/v1/devices/" + HubClient.encoded(device), query);
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        boolean isDone = Json.parse(body).textOrEmpty("state").equals("done");
        here.out()
                .println(device + " is removed"
                        + (!withData
                                ? "; what it said stays."
                                : isDone ? ", with all that it said." : "; what it said is still being deleted."));
        return ExitCode.OK;
    }

    /** At a terminal somebody types the id back. */
    private boolean isConfirmed() throws IOException {
        String what = withData
                ? "All that " + device + " ever said is deleted, for ever."
                : device + " loses its registration and its credentials; what it said stays.";
        here.err().println(what);
        if (!here.terminal()) {
            here.err().println("  → add --yes to do it");
            return false;
        }
        here.err().print("Type " + device + " to do it: ");
        here.err().flush();
        String typed = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))
                .readLine();
        if (!device.equals(typed == null ? "" : typed.strip())) {
            here.err().println("That is not its id; nothing was changed.");
            return false;
        }
        return true;
    }
}
