package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device presence}. */
@Command(name = "presence", description = "Tell whether a device is there, why, and how that changed, newest first.")
final class DevicePresence implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    DevicePresence(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .get("/api/v1/devices/" + HubClient.encoded(device) + "/presence", Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        Instant now = here.clock().instant();
        Table table = new Table().left("when").left("state").left("reason");
        table.row(List.of(
                Table.Cell.of("now"),
                Table.Cell.of(answer.textOrEmpty("state")),
                Table.Cell.of(answer.textOrEmpty("reason"))));
        for (Json change : answer.member("changes").items()) {
            table.row(List.of(
                    Ago.cell(change.textOrEmpty("at"), now),
                    Table.Cell.of(change.textOrEmpty("state")),
                    Table.Cell.of(change.textOrEmpty("reason"))));
        }
        table.print(here, client.style(here));
        here.err().println(summary(answer));
        return ExitCode.OK;
    }

    private static String summary(Json answer) {
        String usual = "speaks every " + answer.number("interval_ms") / 1000 + " s"
                + switch (answer.textOrEmpty("interval_from")) {
                    case "owner" -> " (as you said)";
                    case "learned" -> " (learned)";
                    default -> " (assumed)";
                };
        boolean isFlapping = answer.text("flapping").equals(Optional.of("true"));
        String lost = isFlapping ? "; flaps: lost " + answer.number("lost_last_hour") + " times in the last hour" : "";
        return usual + "; online " + share(answer, "online_24h") + " of the last day, " + share(answer, "online_7d")
                + " of the last week" + lost;
    }

    private static String share(Json answer, String name) {
        return answer.text(name)
                .map(share -> Math.round(Double.parseDouble(share) * 1000) / 10.0 + " %")
                .orElse("?");
    }
}
