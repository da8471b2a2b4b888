package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device events}. */
@Command(name = "events", description = "List what happened at a device, newest first.")
final class DeviceEvents implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    DeviceEvents(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/events";
        return new Listing(here, client)
                .ago("when", "said_at")
                .left("severity")
                .left("event", event -> event.textOrEmpty("name"))
                .left("message")
                .show(
                        api,
                        path,
                        Map.of(),
                        limit,
                        () -> "Nothing happened at device \"" + Plain.line(device) + "\" that it told of.");
    }
}
