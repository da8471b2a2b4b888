package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device show}. */
@Command(
        name = "show",
        description = "Show a device, how it says that it is, and the last thing that each of its voices measured.")
final class DeviceShow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    DeviceShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .get("/api/v1/devices/" + HubClient.encoded(device), Map.of());
        if (client.json) {
            here.out().write(body);
            here.out().println();
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        Instant now = here.clock().instant();
        Table table = new Table().left("what").left("value");
        for (String name : List.of("id", "family", "state", "received", "stored", "duplicate", "quarantined")) {
            answer.text(name).ifPresent(value -> table.row(List.of(Table.Cell.of(name), Table.Cell.of(value))));
        }
        table.row(List.of(Table.Cell.of("first_seen"), Ago.cell(answer.textOrEmpty("first_seen_at"), now)));
        table.row(List.of(Table.Cell.of("last_seen"), Ago.cell(answer.textOrEmpty("last_seen_at"), now)));
        addStatus(answer.member("status"), table, now);
        for (Json reading : answer.member("latest").items()) {
            String voice = reading.textOrEmpty("sensor");
            reading.member("metrics")
                    .members()
                    .forEach((metric, value) -> table.row(List.of(
                            Table.Cell.of(voice.isEmpty() ? metric : voice + "/" + metric), Table.Cell.of(value))));
        }
        table.print(here, client.style(here));
        return ExitCode.OK;
    }

    /** What the device does not tell has no row. */
    private static void addStatus(Json status, Table table, Instant now) {
        if (status.text("state").isEmpty()) {
            return;
        }
        for (String name : List.of("state", "activity", "uptime_s", "rssi_dbm", "firmware", "model")) {
            String value = status.textOrEmpty(name);
            if (!value.isEmpty()) {
                table.row(List.of(Table.Cell.of("status/" + name), Table.Cell.of(value)));
            }
        }
        table.row(List.of(Table.Cell.of("status/as_of"), Ago.cell(status.textOrEmpty("as_of"), now)));
    }
}
