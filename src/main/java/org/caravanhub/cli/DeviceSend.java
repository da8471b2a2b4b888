package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device send}. */
@Command(
        name = "send",
        description = {
            "Ask a device to do something. It is sent at once if the device is there, otherwise when it is heard.",
            "What a device understands is told by its firmware; of heaters, the homelab and ESPHome by docs/reference/commands.md.",
            "Example: caravan device send hut blink -p times=3 --wait"
        })
final class DeviceSend implements Callable<Integer> {
    private static final long LOOK_MILLIS = 300;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Parameters(index = "1", paramLabel = "COMMAND", description = "What to do, in the device's word.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "KEY=VALUE",
            description = "A parameter. Numbers, true, false and JSON are what they look like, all else is text.")
    private List<String> parameters = List.of();

    @Option(names = "--ttl", paramLabel = "TIME", description = "How long it may wait: 10m, 1h, 7d. Default: 24h")
    @Nullable
    private String time;

    @Option(names = "--confirm", description = "Say that you mean it; needed for commands to be careful with.")
    private boolean isConfirmed;

    @Option(
            names = "--wait",
            description = "Wait until the command has ended, and show each state. Ends with 1 unless it is done.")
    private boolean isWaiting;

    DeviceSend(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/commands";
        // A hub that is busy is asked again; the key makes one command of it.
        byte[] answer = api.postForBytes(
                path,
                "application/json",
                body(),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        Json command = Json.parse(answer);
        if (isWaiting) {
            answer = awaitEnd(api, path + "/" + HubClient.encoded(command.textOrEmpty("id")), command, answer);
            command = Json.parse(answer);
        }
        if (client.json) {
            here.print(answer);
        } else if (!isWaiting) {
            here.out().println(line(command));
            client.hint(here, client.command("device commands " + Plain.line(device)));
        }
        String state = command.textOrEmpty("state");
        return !isWaiting || state.equals("done") ? ExitCode.OK : ExitCode.FAILED;
    }

    private byte[] awaitEnd(HubClient api, String path, Json first, byte[] answer)
            throws IOException, InterruptedException {
        Json now = first;
        byte[] last = answer;
        String shown = "";
        while (true) {
            String state = now.textOrEmpty("state");
            if (!state.equals(shown)) {
                (client.json ? here.err() : here.out()).println(line(now));
                shown = state;
            }
            if (List.of("done", "failed", "expired").contains(state)) {
                return last;
            }
            Thread.sleep(LOOK_MILLIS);
            last = api.get(path, Map.of());
            now = Json.parse(last);
        }
    }

    private static String line(Json command) {
        String reason = command.textOrEmpty("reason");
        return Plain.line(command.textOrEmpty("id") + " " + command.textOrEmpty("state")
                + (reason.isEmpty() ? "" : ": " + reason));
    }

    private byte[] body() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("name", name);
            if (!parameters.isEmpty()) {
                json.writeFieldName("parameters");
                json.writeRawValue(new String(Assignments.json(parameters, false), StandardCharsets.UTF_8));
            }
            if (time != null) {
                json.writeStringField("ttl", time);
            }
            if (isConfirmed) {
                json.writeBooleanField("confirm", true);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
