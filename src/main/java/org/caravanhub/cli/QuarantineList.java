package org.caravanhub.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine list}. */
@Command(name = "list", description = "List the messages in quarantine, newest first.")
final class QuarantineList implements Callable<Integer> {
    private static final String PATH = "/api/v1/quarantine";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only what this device sent.")
    private @Nullable String device;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only this class of mistake, for example not_json.")
    private @Nullable String cause;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    QuarantineList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        if (device != null) {
            query.put("device", device);
        }
        if (cause != null) {
            query.put("cause", cause);
        }
        return new Listing(here, client)
                .right("id")
                .ago("received", "received_at")
                .left("device")
                .left("cause")
                .left("topic")
                .left("reason")
                .show(client.api(here), PATH, query, limit, this::nothing);
    }

    private String nothing() {
        String filter = (device == null ? "" : " of device \"" + Plain.line(device) + "\"")
                + (cause == null ? "" : " with cause \"" + Plain.line(cause) + "\"");
        return filter.isEmpty()
                ? "Nothing is quarantined. Malformed messages wait here instead of being lost."
                : "Nothing" + filter + " is quarantined. Everything that is: "
                        + client.command("message quarantine list");
    }
}
