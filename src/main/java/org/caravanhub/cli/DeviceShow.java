package org.caravanhub.cli;

import java.io.IOException;
import java.time.Duration;
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
    private static final List<String> FIELDS = List.of(
            "id",
            "name",
            "family",
            "site",
            "system",
            "model",
            "firmware",
            "group",
            "location",
            "notes",
            "state",
            "received",
            "stored",
            "duplicate",
            "quarantined");

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
        HubClient api = client.api(here).orNext(client.command("device list"));
        byte[] body = api.get("/api/v1/devices/" + HubClient.encoded(device), Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        Instant now = here.clock().instant();
        Table table = new Table().left("what").left("value");
        for (String name : FIELDS) {
            answer.text(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> table.row(List.of(Table.Cell.of(name), Table.Cell.of(value))));
        }
        addOwners(answer, table);
        table.row(List.of(Table.Cell.of("first_seen"), Ago.cell(answer.textOrEmpty("first_seen_at"), now)));
        table.row(List.of(Table.Cell.of("last_seen"), Ago.cell(answer.textOrEmpty("last_seen_at"), now)));
        addStatus(answer.member("status"), table, now);
        addUpdate(api, table);
        addTrends(answer.member("trends"), table);
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

    /** What the owner did not say has no row. */
    private static void addOwners(Json answer, Table table) {
        List<String> tags =
                answer.member("tags").items().stream().map(Json::toString).toList();
        if (!tags.isEmpty()) {
            table.row(List.of(Table.Cell.of("tags"), Table.Cell.of(String.join(", ", tags))));
        }
        table.row(List.of(
                Table.Cell.of("registered"),
                Table.Cell.of(answer.textOrEmpty("is_registered").equals("true") ? "yes" : "no")));
        answer.text("interval_ms")
                .ifPresent(interval -> table.row(List.of(
                        Table.Cell.of("interval"),
                        new Table.Cell(
                                interval,
                                Ago.span(Duration.ofMillis(answer.number("interval_ms"))) + ", "
                                        + answer.textOrEmpty("interval_source")))));
    }

    /** A device that was never updated has no row. */
    private void addUpdate(HubClient api, Table table) {
        List<Json> updates;
        try {
            updates = api.json("/api/v1/devices/" + HubClient.encoded(device) + "/updates", Map.of("limit", "1"))
                    .member("items")
                    .items();
        } catch (CommandFailed e) {
            // An older hub does not know it.
            return;
        }
        for (Json update : updates) {
            String reason = update.textOrEmpty("reason");
            table.row(List.of(Table.Cell.of("update/version"), Table.Cell.of(update.textOrEmpty("version"))));
            table.row(List.of(
                    Table.Cell.of("update/state"),
                    Table.Cell.of(update.textOrEmpty("state") + (reason.isEmpty() ? "" : ": " + reason))));
        }
    }

    /** {@code 2950, -150 since 2026-06-01}. */
    private static void addTrends(Json trends, Table table) {
        for (Json trend : trends.items()) {
            String sensor = trend.textOrEmpty("sensor");
            String name = (sensor.isEmpty() ? "" : sensor + "/") + trend.textOrEmpty("metric");
            String change = trend.text("change")
                    .map(by -> ", " + (by.startsWith("-") ? "" : "+") + by + " since "
                            + trend.textOrEmpty("since").replaceAll("T.*", ""))
                    .orElse("");
            table.row(List.of(Table.Cell.of("trend/" + name), Table.Cell.of(trend.textOrEmpty("value") + change)));
        }
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
